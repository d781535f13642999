/** Images: of the class path that runs, and of Dockerfiles. */
@NullMarked
package dev.symphony.image;

import org.jspecify.annotations.NullMarked;
