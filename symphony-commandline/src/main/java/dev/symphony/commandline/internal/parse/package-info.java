/**
 * Words typed into commands and arguments: the command model over argparse4j, help, suggestions,
 * completion. Used by this module only.
 */
@NullMarked
package dev.symphony.commandline.internal.parse;

import org.jspecify.annotations.NullMarked;
