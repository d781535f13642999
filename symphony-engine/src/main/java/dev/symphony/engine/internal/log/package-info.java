/** Logs of processes on this host: taking samples of their growth, and reading them. */
@NullMarked
package dev.symphony.engine.internal.log;

import org.jspecify.annotations.NullMarked;
