package dev.symphony.kube.internal.plan;

import dev.symphony.engine.Work;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a container runs. */
final class Commands {
  /** Runs its first argument as a script in bash where there is one, else in sh. */
  private static final String BASH_OR_SH = "exec \"$(command -v bash || echo /bin/sh)\" -c \"$@\"";

  private static final String RUN = script("run.sh");

  private Commands() {}

  /** The argv of a program or a main class; empty for shell lines and the image's entry point. */
  static List<String> argv(Work work, String classPath) {
    if (work.kind() == Work.Kind.COMMAND) {
      return work.words();
    }
    if (work.kind() != Work.Kind.MAIN) {
      return List.of();
    }
    List<String> argv = new ArrayList<>();
    argv.add("java");
    argv.addAll(work.jvmOptions());
    argv.add("-cp");
    argv.add(classPath);
    argv.add(String.valueOf(work.mainClass()));
    argv.addAll(work.words());
    return argv;
  }

  /**
   * The container's command: an argv as it is, anything with shell lines through a shell that
   * passes SIGTERM on.
   *
   * @param preamble shell lines to run before
   * @param shell shell lines; empty where there is an argv
   * @return empty for the image's own entry point
   */
  static List<String> container(List<String> preamble, List<String> argv, List<String> shell) {
    if (preamble.isEmpty() && shell.isEmpty()) {
      return argv;
    }
    List<String> lines = new ArrayList<>(preamble);
    lines.addAll(shell);
    if (!argv.isEmpty()) {
      lines.add("exec \"$@\"");
    }
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", BASH_OR_SH, "sh", RUN, "sh"));
    command.add(String.join("\n", lines));
    command.addAll(argv);
    return command;
  }

  private static String script(String name) {
    try (InputStream in = Commands.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from this jar");
      }
      return withoutComments(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withoutComments(String script) {
    StringBuilder text = new StringBuilder(script.length());
    for (String line : script.split("\n")) {
      if (!line.isEmpty() && !line.stripLeading().startsWith("#")) {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }
}
