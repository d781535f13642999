/** What the built-in commands do, once it is known what they are to do it to. */
@NullMarked
package dev.symphony.commandline.internal.command;

import org.jspecify.annotations.NullMarked;
