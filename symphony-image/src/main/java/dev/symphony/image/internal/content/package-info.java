/** What goes into an image. */
@NullMarked
package dev.symphony.image.internal.content;

import org.jspecify.annotations.NullMarked;
