/** Commands, files and connections in the place of a process. */
@NullMarked
package dev.symphony.kube.internal.remote;

import org.jspecify.annotations.NullMarked;
