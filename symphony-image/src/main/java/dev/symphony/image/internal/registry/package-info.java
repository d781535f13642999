/** Asking and answering registries. */
@NullMarked
package dev.symphony.image.internal.registry;

import org.jspecify.annotations.NullMarked;
