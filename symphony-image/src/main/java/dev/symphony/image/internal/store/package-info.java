/** What is remembered between launches. */
@NullMarked
package dev.symphony.image.internal.store;

import org.jspecify.annotations.NullMarked;
