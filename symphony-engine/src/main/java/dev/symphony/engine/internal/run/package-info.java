/** Runs processes on this host: what is written where, and what it says afterwards. */
@NullMarked
package dev.symphony.engine.internal.run;

import org.jspecify.annotations.NullMarked;
