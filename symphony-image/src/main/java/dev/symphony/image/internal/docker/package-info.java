/** How a build's context is gathered, and the programs that build from it. */
@NullMarked
package dev.symphony.image.internal.docker;

import org.jspecify.annotations.NullMarked;
