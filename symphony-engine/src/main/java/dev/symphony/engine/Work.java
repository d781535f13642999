package dev.symphony.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a process runs.
 *
 * @param kind which of the ways
 * @param words the argv, the shell's lines, or the arguments of {@code main}
 * @param mainClass the binary name of the class; null unless MAIN
 * @param jvmOptions options of the Java virtual machine, used with MAIN
 */
public record Work(
    Kind kind, List<String> words, @Nullable String mainClass, List<String> jvmOptions) {
  /** The ways to say what runs. */
  public enum Kind {
    /** Not said: the image's own entry point, where there is an image. */
    NONE,
    /** A program and its arguments. */
    COMMAND,
    /** Lines of one shell. */
    SHELL,
    /** The main method of a Java class. */
    MAIN
  }

  /** Nothing said yet. */
  static final Work NONE = new Work(Kind.NONE, List.of(), null, List.of());

  /** Copies the lists. */
  public Work {
    words = List.copyOf(words);
    jvmOptions = List.copyOf(jvmOptions);
  }

  static Work command(List<String> argv) {
    return new Work(Kind.COMMAND, argv, null, List.of());
  }

  static Work shell(List<String> lines) {
    return new Work(Kind.SHELL, lines, null, List.of());
  }

  static Work main(String type, List<String> args) {
    return new Work(Kind.MAIN, args, type, List.of());
  }

  Work withJvmOptions(List<String> more) {
    List<String> all = new ArrayList<>(jvmOptions);
    all.addAll(more);
    return new Work(kind, words, mainClass, all);
  }

  /** The same said again replaces; two different ways are refused. */
  Work replaceWith(String process, Work other) {
    if (kind != Kind.NONE && kind != other.kind) {
      throw new SymphonyException(
          "process "
              + process
              + ": give one of command(…), shell(…) and main(…), not both "
              + nameOf(kind)
              + " and "
              + nameOf(other.kind));
    }
    return new Work(other.kind, other.words, other.mainClass, jvmOptions);
  }

  private static String nameOf(Kind kind) {
    return kind.name().toLowerCase(java.util.Locale.ROOT) + "(…)";
  }
}
