/** From a declaration to the objects of a cluster, and how they are kept there. */
@NullMarked
package dev.symphony.kube.internal.plan;

import org.jspecify.annotations.NullMarked;
