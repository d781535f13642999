package dev.symphony.commandline.internal.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was typed, taken apart but not yet read by the command.
 *
 * @param command which command; null where none was named
 * @param own the words for the command
 * @param remainder what stood after the first {@code --}, as it was
 * @param cluster the value of {@code --cluster}; null where it was not given
 * @param namespace the value of {@code --namespace}; null where it was not given
 * @param help whether help was asked for
 * @param version whether the version was asked for
 * @param debug whether errors are to come with stack traces
 */
public record Words(
    @Nullable Command command,
    List<String> own,
    List<String> remainder,
    @Nullable String cluster,
    @Nullable String namespace,
    boolean help,
    boolean version,
    boolean debug) {}
