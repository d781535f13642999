/** Experiments, what they are made of, and the clusters that run them. */
@NullMarked
package dev.symphony.engine;

import org.jspecify.annotations.NullMarked;
