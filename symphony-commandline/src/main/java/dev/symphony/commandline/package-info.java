/** The command line that a project makes its own by subclassing. */
@NullMarked
package dev.symphony.commandline;

import org.jspecify.annotations.NullMarked;
