package dev.symphony.engine;

import dev.symphony.spi.Masking;
import dev.symphony.spi.SecretText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns declarations into what files hold; fields that say nothing are left out. */
final class SpecWriter {
  private final Masking masking;

  /** The fields of the level being written that had to be masked. */
  private List<String> masked = new ArrayList<>();

  SpecWriter(Iterable<SecretText> secrets, BaseSpec spec) {
    List<SecretText> values = new ArrayList<>();
    for (SecretText secret : secrets) {
      values.add(secret);
    }
    addLiterals(spec, values);
    masking = new Masking(values);
  }

  private static void addLiterals(BaseSpec spec, List<SecretText> values) {
    if (spec instanceof ExperimentSpec experiment) {
      addLiterals(experiment.getSecrets(), values);
      for (ProcessSpec process : experiment.listAllProcesses()) {
        addLiterals(process.getSecrets(), values);
      }
      return;
    }
    ExperimentSpec experiment = null;
    if (spec instanceof ProcessGroupSpec group) {
      experiment = group.getExperiment();
      for (ProcessSpec process : group.listProcesses()) {
        addLiterals(process.getSecrets(), values);
      }
    } else if (spec instanceof ProcessSpec process) {
      experiment = process.getExperiment();
      addLiterals(process.getSecrets(), values);
    }
    if (experiment != null) {
      addLiterals(experiment.getSecrets(), values);
    }
  }

  private static void addLiterals(Map<String, Secret> secrets, List<SecretText> values) {
    for (Secret secret : secrets.values()) {
      String literal = secret.literal();
      if (literal != null) {
        values.add(new SecretText(literal));
      }
    }
  }

  Map<String, Object> experiment(ExperimentSpec spec) {
    List<Object> groups = new ArrayList<>();
    for (ProcessGroupSpec group : spec.listProcessGroups()) {
      groups.add(group(group));
    }
    List<Object> processes = processes(spec.listProcesses());
    Map<String, Object> out = begin(spec);
    texts(out, SpecFields.PREAMBLE, spec.getPreamble());
    secrets(out, spec.getSecrets());
    end(out, spec);
    list(out, SpecFields.GROUPS, groups);
    list(out, SpecFields.PROCESSES, processes);
    return out;
  }

  Map<String, Object> group(ProcessGroupSpec spec) {
    List<Object> processes = processes(spec.listProcesses());
    Map<String, Object> out = begin(spec);
    texts(out, SpecFields.PREAMBLE, spec.getPreamble());
    end(out, spec);
    list(out, SpecFields.PROCESSES, processes);
    return out;
  }

  Map<String, Object> process(ProcessSpec spec) {
    Map<String, Object> out = begin(spec);
    work(out, spec.getWork());
    Map<String, Object> env = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : spec.getEnv().entrySet()) {
      env.put(entry.getKey(), text(SpecFields.ENV, entry.getValue()));
    }
    map(out, SpecFields.ENV, env);
    secrets(out, spec.getSecrets());
    if (!spec.getInheritEnv()) {
      out.put(SpecFields.INHERIT_ENV, false);
    }
    list(out, SpecFields.PASS_ENV, spec.getPassEnv());
    text(out, SpecFields.WORKING_DIRECTORY, spec.getWorkingDirectory());
    text(out, SpecFields.IMAGE, spec.getImage());
    resources(out, spec.getResources());
    if (!spec.getGracePeriod().equals(Duration.ofSeconds(10))) {
      out.put(SpecFields.GRACE_PERIOD, SpecFields.duration(spec.getGracePeriod()));
    }
    restart(out, spec.getRestartPolicy());
    list(out, SpecFields.SUCCESS_EXIT_CODES, spec.getSuccessExitCodes());
    map(out, SpecFields.BINDS, spec.getBoundServices());
    list(out, SpecFields.CONNECTS, spec.getConnectedServices());
    map(out, SpecFields.EXPOSES, spec.getExposedServices());
    ProcessSpec.Replica replica = spec.getReplica();
    if (replica != null) {
      Map<String, Object> which = new LinkedHashMap<>();
      which.put("index", replica.index());
      which.put("count", replica.count());
      out.put(SpecFields.REPLICA, which);
    }
    end(out, spec);
    return out;
  }

  private List<Object> processes(List<? extends ProcessSpec> specs) {
    List<Object> processes = new ArrayList<>();
    for (ProcessSpec process : specs) {
      processes.add(process(process));
    }
    return processes;
  }

  private Map<String, Object> begin(BaseSpec spec) {
    masked = new ArrayList<>();
    Map<String, Object> out = new LinkedHashMap<>();
    out.put(SpecFields.NAME, spec.getName());
    return out;
  }

  private void end(Map<String, Object> out, BaseSpec spec) {
    for (Map.Entry<String, Object> entry : spec.getSections().entrySet()) {
      out.put(entry.getKey(), maskedTree(entry.getKey(), entry.getValue()));
    }
    list(out, SpecFields.MASKED, masked);
  }

  private void work(Map<String, Object> out, Work work) {
    switch (work.kind()) {
      case COMMAND -> texts(out, SpecFields.COMMAND, work.words());
      case SHELL -> texts(out, SpecFields.SHELL, work.words());
      case MAIN -> {
        text(out, SpecFields.MAIN, work.mainClass());
        texts(out, SpecFields.ARGS, work.words());
      }
      case NONE -> {}
    }
    texts(out, SpecFields.JVM_OPTIONS, work.jvmOptions());
  }

  private static void secrets(Map<String, Object> out, Map<String, Secret> secrets) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Map.Entry<String, Secret> entry : secrets.entrySet()) {
      Secret secret = entry.getValue();
      String reference = secret.reference();
      Map<String, Object> one = new LinkedHashMap<>();
      if (reference == null) {
        one.put("literal", true);
      } else {
        one.put(secret.kind() == Secret.Kind.ENV ? "env" : "file", reference);
      }
      all.put(entry.getKey(), one);
    }
    map(out, SpecFields.SECRETS, all);
  }

  private static void resources(Map<String, Object> out, @Nullable Resources resources) {
    if (resources == null) {
      return;
    }
    Map<String, Object> wanted = new LinkedHashMap<>();
    if (resources.cpu() != null) {
      wanted.put("cpu", resources.cpu());
    }
    if (resources.memory() != null) {
      wanted.put("memory", resources.memory());
    }
    if (resources.gpus() != 0) {
      wanted.put("gpus", resources.gpus());
    }
    out.put(SpecFields.RESOURCES, wanted);
  }

  private static void restart(Map<String, Object> out, RestartPolicy policy) {
    String when = SpecFields.restart(policy.kind());
    if (policy.maximum() != null) {
      Map<String, Object> both = new LinkedHashMap<>();
      both.put("when", when);
      both.put("maximum", policy.maximum());
      out.put(SpecFields.RESTART, both);
    } else if (policy.kind() != RestartPolicy.Kind.NEVER) {
      out.put(SpecFields.RESTART, when);
    }
  }

  // ---- what may hold the value of a secret

  private void texts(Map<String, Object> out, String field, List<String> texts) {
    List<Object> all = new ArrayList<>();
    for (String text : texts) {
      all.add(text(field, text));
    }
    list(out, field, all);
  }

  private void text(Map<String, Object> out, String field, @Nullable String text) {
    if (text != null) {
      out.put(field, text(field, text));
    }
  }

  private String text(String field, String text) {
    String shown = masking.mask(text);
    if (!shown.equals(text) && !masked.contains(field)) {
      masked.add(field);
    }
    return shown;
  }

  private Object maskedTree(String field, Object value) {
    if (value instanceof String text) {
      return text(field, text);
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        Object child = entry.getValue();
        copy.put(entry.getKey(), child == null ? null : maskedTree(field, child));
      }
      return copy;
    }
    if (value instanceof Collection<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      for (Object child : list) {
        copy.add(child == null ? null : maskedTree(field, child));
      }
      return copy;
    }
    return value;
  }

  private static void list(Map<String, Object> out, String field, Collection<?> values) {
    if (!values.isEmpty()) {
      out.put(field, new ArrayList<>(values));
    }
  }

  private static void map(Map<String, Object> out, String field, Map<String, ?> values) {
    if (!values.isEmpty()) {
      out.put(field, new LinkedHashMap<>(values));
    }
  }
}
