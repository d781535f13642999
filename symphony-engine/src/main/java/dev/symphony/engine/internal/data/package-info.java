/** Files: read with the place of every value, and written whole or not at all. */
@NullMarked
package dev.symphony.engine.internal.data;

import org.jspecify.annotations.NullMarked;
