/** The backend that runs experiments in windows of a tmux server. */
@NullMarked
package dev.symphony.tmux;

import org.jspecify.annotations.NullMarked;
