/** The standalone program, which monitors experiments of every backend. */
@NullMarked
package dev.symphony.program;

import org.jspecify.annotations.NullMarked;
