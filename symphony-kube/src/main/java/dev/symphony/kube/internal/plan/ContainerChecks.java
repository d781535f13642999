package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.Work;
import dev.symphony.kube.internal.spec.Rules;
import dev.symphony.spi.Problems;
import dev.symphony.spi.SecretText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Refuses what no container can be or do. */
final class ContainerChecks {
  /** What exec takes for one string, on Linux: 32 pages. */
  private static final int LONGEST = 128 * 1024;

  private final Variables variables;
  private final Problems problems;

  ContainerChecks(Variables variables, Problems problems) {
    this.variables = variables;
    this.problems = problems;
  }

  void work(ProcessSpec process, List<String> preamble, List<String> argv, List<String> shell) {
    Work work = process.getWork();
    if (work.kind() != Work.Kind.MAIN && !work.jvmOptions().isEmpty()) {
      problem(process, "jvmOptions(…) go with main(…) only");
    }
    if (work.kind() == Work.Kind.NONE && !preamble.isEmpty()) {
      problem(
          process,
          "preamble(…) has nothing to run before: give command(…), shell(…) or main(…), since the"
              + " image's own entry point is not known");
    }
    for (String argument : argv) {
      if (tooLong(argument)) {
        problem(process, "an argument is longer than 128 KiB, which no program can take");
      }
      text(process, "an argument", argument);
    }
    String lines = String.join("\n", preamble) + "\n" + String.join("\n", shell);
    if (tooLong(lines)) {
      problem(
          process,
          "its shell lines are longer than 128 KiB, which no shell can take; put them into the"
              + " image");
    }
    text(process, "a shell line", lines);
  }

  /**
   * Checks the environment.
   *
   * @param own what is not secret
   */
  void environment(ProcessSpec process, Map<String, String> own, Map<String, SecretText> secrets) {
    Map<String, String> computed = variables.of(process);
    for (String variable : process.getEnv().keySet()) {
      name(process, variable, computed);
      if (secrets.containsKey(variable)) {
        problem(
            process, "variable " + variable + " is given with env(…) and with secret(…); give one");
      }
    }
    for (Map.Entry<String, SecretText> secret : secrets.entrySet()) {
      name(process, secret.getKey(), computed);
      variable(process, secret.getKey(), secret.getValue().reveal());
    }
    for (Map.Entry<String, String> entry : own.entrySet()) {
      variable(process, entry.getKey(), entry.getValue());
    }
  }

  private void name(ProcessSpec process, String variable, Map<String, String> computed) {
    if (computed.containsKey(variable) || variables.addresses().containsKey(variable)) {
      problem(process, "variable " + variable + " is set by Symphony; use another name");
    }
  }

  private void variable(ProcessSpec process, String variable, String value) {
    if (tooLong(variable + "=" + value)) {
      problem(
          process,
          "environment variable "
              + variable
              + " is longer than 128 KiB, which no program can take; pass a file instead");
    }
    text(process, "environment variable " + variable, value);
  }

  private void text(ProcessSpec process, String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        problem(process, what + " contains a NUL character, which no program can take");
        return;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        problem(process, what + " contains half a character, which cannot be written as UTF-8");
        return;
      }
    }
  }

  private static boolean tooLong(String text) {
    return text.length() >= LONGEST / 4 && text.getBytes(StandardCharsets.UTF_8).length >= LONGEST;
  }

  void directory(ProcessSpec process) {
    String directory = process.getWorkingDirectory();
    if (directory == null || directory.startsWith("/")) {
      return;
    }
    problem(
        process,
        "working directory '"
            + directory
            + (directory.startsWith("~")
                ? "' begins with ~, but which home folder an image has is not known; give the"
                    + " absolute path"
                : "' is not absolute; in an image there is nothing it could be relative to"));
  }

  void resources(ProcessSpec process) {
    if (process.getResources() != null) {
      try {
        Rules.resources(process.getResources());
      } catch (SymphonyException e) {
        problem(process, "resources: " + e.getMessage());
      }
    }
  }

  /** Refuses what the restarts of a pod's containers cannot do. */
  void restarts(ProcessSpec process) {
    RestartPolicy policy = process.getRestartPolicy();
    if (PodWriter.restartPolicy(process).equals("Never")) {
      return;
    }
    if (policy.maximum() != null) {
      problem(
          process,
          "restart(…) with a maximum is not possible on kube yet: a node restarts without limit;"
              + " leave the maximum out, or do not restart");
    }
    if (!process.getSuccessExitCodes().isEmpty()) {
      problem(
          process,
          "successExitCodes(…) together with restart(…) is not possible on kube yet: a node takes 0"
              + " alone for a success; leave one out");
    }
  }

  private void problem(ProcessSpec process, String what) {
    problems.add("process " + process + ": " + what);
  }
}
