/** The logs of containers. */
@NullMarked
package dev.symphony.kube.internal.log;

import org.jspecify.annotations.NullMarked;
