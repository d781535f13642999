/** Making, stopping, starting and removing what an experiment has. */
@NullMarked
package dev.symphony.kube.internal.life;

import org.jspecify.annotations.NullMarked;
