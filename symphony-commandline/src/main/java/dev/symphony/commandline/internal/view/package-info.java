/** What the command line shows: the terminal, tables, JSON and YAML. Used by this module only. */
@NullMarked
package dev.symphony.commandline.internal.view;

import org.jspecify.annotations.NullMarked;
