/** From content and base to a manifest, and into a registry. */
@NullMarked
package dev.symphony.image.internal.build;

import org.jspecify.annotations.NullMarked;
