package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.Secret;
import dev.symphony.engine.Work;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.Masking;
import dev.symphony.spi.SecretText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the container of a process, and what the plan says of it. */
final class ContainerWriter {
  /** The ConfigMap of the services' addresses, where they are many. */
  static final String SERVICES = "symphony-services";

  private final ExperimentSpec spec;
  private final Scope scope;
  private final ImageChoice images;
  private final Map<String, String> launching;
  private final Variables variables;
  private final Vault vault;
  private final Masking masking;
  private final Fragments fragments;
  private final ContainerChecks checks;

  /**
   * Writes those of one experiment.
   *
   * @param launching the launching program's environment
   */
  ContainerWriter(
      ExperimentSpec spec,
      Scope scope,
      ImageChoice images,
      Map<String, String> launching,
      Variables variables,
      Vault vault,
      Masking masking,
      Fragments fragments,
      ContainerChecks checks) {
    this.spec = spec;
    this.scope = scope;
    this.images = images;
    this.launching = launching;
    this.variables = variables;
    this.vault = vault;
    this.masking = masking;
    this.fragments = fragments;
    this.checks = checks;
  }

  /** A container and what the plan says of its process. */
  record Written(Map<String, Object> container, PlannedProcess process) {}

  Written write(ProcessSpec process, PodShape pod) {
    ProcessName name = process.getFullName();
    Work work = process.getWork();
    ImageChoice.Chosen image = images.choose(process, fragments.container(name));
    List<String> argv = Commands.argv(work, image.classPath());
    List<String> shell = work.kind() == Work.Kind.SHELL ? work.words() : List.of();
    List<String> preamble = preamble(process);
    Map<String, String> own = environment(process);
    Map<String, SecretText> secrets = vault.of(name);
    checks.work(process, preamble, argv, shell);
    checks.environment(process, own, secrets);
    checks.directory(process);
    checks.resources(process);
    checks.restarts(process);

    List<String> command = Commands.container(preamble, argv, shell);
    Map<String, Object> container =
        Tree.of(
            "name",
            name.name(),
            "image",
            image.reference(),
            "command",
            command.isEmpty() ? null : Expansion.literal(command),
            "workingDir",
            process.getWorkingDirectory(),
            "env",
            env(pod.owner(process.getName()), own, secrets),
            "resources",
            Requests.of(process.getResources()));
    if (variables.areMany()) {
      Map<String, Object> services = Tree.of("name", scope.object(SERVICES));
      Tree.makeList(container, "envFrom").add(Tree.of("configMapRef", services));
    }
    if (!fragments.secretFiles().isEmpty()) {
      Tree.makeList(container, "volumeMounts").add(MountedFiles.mount());
    }
    Tree.merge(container, fragments.container(name));
    images.check(process, Tree.text(container, "image"));
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

  /** What is passed on, then what is declared, then what Symphony computes; the last wins. */
  private Map<String, String> environment(ProcessSpec process) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PYTHONUNBUFFERED", "1");
    for (String variable : process.getPassEnv()) {
      String value = launching.get(variable);
      if (value != null) {
        environment.put(variable, value);
      }
    }
    environment.putAll(process.getEnv());
    environment.putAll(variables.of(process));
    vault.of(process.getFullName()).keySet().forEach(environment::remove);
    return environment;
  }

  private List<Object> env(String owner, Map<String, String> own, Map<String, SecretText> secrets) {
    List<Object> env = new ArrayList<>(own.size() + secrets.size());
    for (Map.Entry<String, String> entry : own.entrySet()) {
      env.add(Tree.of("name", entry.getKey(), "value", Expansion.literal(entry.getValue())));
    }
    for (Map.Entry<String, SecretText> entry : secrets.entrySet()) {
      String variable = entry.getKey();
      env.add(
          Tree.of(
              "name",
              variable,
              "valueFrom",
              vault.keep(scope, owner, variable, entry.getValue().reveal())));
    }
    return env;
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
    if (shell.isEmpty()) {
      if (argv.isEmpty()) {
        Tree.list(container, "command").forEach(word -> command.add(String.valueOf(word)));
      }
      Tree.list(container, "args").forEach(word -> command.add(String.valueOf(word)));
    }
    String directory = Tree.text(container, "workingDir");
    return new PlannedProcess(
        process.getFullName(),
        scope.object(pod.name()),
        process.getName(),
        masking.mask(command),
        masking.mask(shell),
        directory == null ? null : masking.mask(directory),
        variables.areMany() ? new Overlay(variables.addresses(), masked) : masked,
        secrets,
        process.getSuccessExitCodes(),
        masking.mask(String.valueOf(Tree.text(container, "image"))));
  }
}
