package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.Secret;
import dev.symphony.engine.Work;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.Masking;
import dev.symphony.spi.Problems;
import dev.symphony.spi.SecretText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the container of a process, and what the plan says of it. */
final class ContainerWriter {
  /** The ConfigMap of the services' addresses, where they are many. */
  static final String SERVICES = "symphony-services";

  private static final int LONGEST = 128 * 1024;

  private final ExperimentSpec spec;
  private final Scope scope;
  private final Settings settings;
  private final ClusterContext context;
  private final Variables variables;
  private final Vault vault;
  private final Masking masking;
  private final Fragments fragments;
  private final boolean mountsFiles;
  private final Problems problems;

  ContainerWriter(
      ExperimentSpec spec,
      Scope scope,
      Settings settings,
      ClusterContext context,
      Variables variables,
      Vault vault,
      Masking masking,
      Fragments fragments,
      boolean mountsFiles,
      Problems problems) {
    this.spec = spec;
    this.scope = scope;
    this.settings = settings;
    this.context = context;
    this.variables = variables;
    this.vault = vault;
    this.masking = masking;
    this.fragments = fragments;
    this.mountsFiles = mountsFiles;
    this.problems = problems;
  }

  /** A container and what the plan says of its process. */
  record Written(Map<String, Object> container, PlannedProcess process) {}

  Written write(ProcessSpec process, PodShape pod) {
    ProcessName name = process.getFullName();
    Map<String, Object> fragment = fragments.container(name);
    Work work = process.getWork();
    List<String> argv = Commands.argv(work, settings.classPath());
    List<String> shell = work.kind() == Work.Kind.SHELL ? work.words() : List.of();
    List<String> preamble = preamble(process);
    checkWork(process, preamble, argv, shell);
    Map<String, String> own = environment(process);
    Map<String, SecretText> secrets = vault.of(name);
    checkVariables(process, own, secrets);

    List<String> command = Commands.container(preamble, argv, shell);
    String image = process.getImage() == null ? settings.image() : process.getImage();
    Map<String, Object> container =
        Tree.of(
            "name",
            name.name(),
            "image",
            image,
            "command",
            command.isEmpty() ? null : Expansion.literal(command),
            "workingDir",
            directory(process),
            "env",
            env(name, own, secrets),
            "resources",
            Quantities.resources(process.getResources(), what -> problem(process, what)));
    if (variables.areMany()) {
      Map<String, Object> services = Tree.of("name", scope.object(SERVICES));
      Tree.makeList(container, "envFrom").add(Tree.of("configMapRef", services));
    }
    if (mountsFiles) {
      Tree.makeList(container, "volumeMounts").add(SecretFiles.mount());
    }
    Tree.merge(container, fragment);
    checkImage(process, Tree.text(container, "image"));
    return new Written(container, planned(process, pod, container, argv, shell, own));
  }

  private List<String> preamble(ProcessSpec process) {
    List<String> preamble = new ArrayList<>(spec.getPreamble());
    ProcessGroupSpec group = process.getGroup();
    if (group != null) {
      preamble.addAll(group.getPreamble());
    }
    return preamble;
  }

  private PlannedProcess planned(
      ProcessSpec process,
      PodShape pod,
      Map<String, Object> container,
      List<String> argv,
      List<String> shell,
      Map<String, String> own) {
    Map<String, Secret> secrets = new LinkedHashMap<>(spec.getSecrets());
    secrets.putAll(process.getSecrets());
    Map<String, String> masked = new LinkedHashMap<>();
    own.forEach((variable, value) -> masked.put(variable, masking.mask(value)));
    List<String> command = new ArrayList<>(argv);
    if (argv.isEmpty() && shell.isEmpty()) {
      Tree.list(container, "command").forEach(word -> command.add(String.valueOf(word)));
    }
    if (shell.isEmpty()) {
      Tree.list(container, "args").forEach(word -> command.add(String.valueOf(word)));
    }
    return new PlannedProcess(
        process.getFullName(),
        scope.object(pod.name()),
        process.getName(),
        masking.mask(command),
        masking.mask(shell),
        Tree.text(container, "workingDir"),
        variables.areMany() ? new Overlay(variables.addresses(), masked) : masked,
        secrets,
        process.getSuccessExitCodes(),
        String.valueOf(Tree.text(container, "image")));
  }

  // ---- the environment

  /** What is passed on, then what is declared, then what Symphony computes; the last wins. */
  private Map<String, String> environment(ProcessSpec process) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PYTHONUNBUFFERED", "1");
    for (String variable : process.getPassEnv()) {
      String value = context.environment().get(variable);
      if (value != null) {
        environment.put(variable, value);
      }
    }
    environment.putAll(process.getEnv());
    environment.putAll(variables.of(process));
    environment.keySet().removeAll(vault.of(process.getFullName()).keySet());
    return environment;
  }

  private List<Object> env(
      ProcessName process, Map<String, String> own, Map<String, SecretText> secrets) {
    List<Object> env = new ArrayList<>(own.size() + secrets.size());
    for (Map.Entry<String, String> entry : own.entrySet()) {
      String value = entry.getValue();
      if (masking.mask(value).equals(value)) {
        env.add(Tree.of("name", entry.getKey(), "value", Expansion.literal(value)));
      } else {
        env.add(kept(process, entry.getKey(), value));
      }
    }
    for (Map.Entry<String, SecretText> entry : secrets.entrySet()) {
      env.add(kept(process, entry.getKey(), entry.getValue().reveal()));
    }
    return env;
  }

  private Map<String, Object> kept(ProcessName process, String variable, String value) {
    return Tree.of("name", variable, "valueFrom", vault.keep(scope, process, variable, value));
  }

  // ---- checks

  private void checkWork(
      ProcessSpec process, List<String> preamble, List<String> argv, List<String> shell) {
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
      checkText(process, "an argument", argument);
    }
    String lines = String.join("\n", preamble) + "\n" + String.join("\n", shell);
    if (tooLong(lines)) {
      problem(
          process,
          "its shell lines are longer than 128 KiB, which no shell can take; put them into the"
              + " image");
    }
    checkText(process, "a shell line", lines);
  }

  private void checkVariables(
      ProcessSpec process, Map<String, String> own, Map<String, SecretText> secrets) {
    Map<String, String> computed = variables.of(process);
    Map<String, String> addresses = variables.addresses();
    for (String variable : process.getEnv().keySet()) {
      if (computed.containsKey(variable) || addresses.containsKey(variable)) {
        problem(process, "variable " + variable + " is set by Symphony; use another name");
      }
      if (secrets.containsKey(variable)) {
        problem(
            process, "variable " + variable + " is given with env(…) and with secret(…); give one");
      }
    }
    for (Map.Entry<String, SecretText> secret : secrets.entrySet()) {
      String variable = secret.getKey();
      if (computed.containsKey(variable) || addresses.containsKey(variable)) {
        problem(process, "variable " + variable + " is set by Symphony; use another name");
      }
      checkVariable(process, variable, secret.getValue().reveal());
    }
    for (Map.Entry<String, String> entry : own.entrySet()) {
      checkVariable(process, entry.getKey(), entry.getValue());
    }
  }

  private void checkVariable(ProcessSpec process, String variable, String value) {
    if (tooLong(variable + "=" + value)) {
      problem(
          process,
          "environment variable "
              + variable
              + " is longer than 128 KiB, which no program can take; pass a file instead");
    }
    checkText(process, "environment variable " + variable, value);
  }

  private void checkText(ProcessSpec process, String what, String text) {
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
    return text.length() >= LONGEST / 4
        && text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length >= LONGEST;
  }

  private @Nullable String directory(ProcessSpec process) {
    String directory = process.getWorkingDirectory();
    if (directory != null && directory.startsWith("~")) {
      problem(
          process,
          "working directory '"
              + directory
              + "' begins with ~, but which home folder an image has is not known; give the"
              + " absolute path");
    } else if (directory != null && !directory.startsWith("/")) {
      problem(
          process,
          "working directory '"
              + directory
              + "' is not absolute; in an image there is nothing it could be relative to");
    }
    return directory;
  }

  private void checkImage(ProcessSpec process, @Nullable String image) {
    if (image == null) {
      problems.add("process " + process + " has no image; give image(…), or --image REF");
      return;
    }
    String why = Images.problem(image);
    if (why != null) {
      problem(process, why);
    }
  }

  private void problem(ProcessSpec process, String what) {
    problems.add("process " + process + ": " + what);
  }
}
