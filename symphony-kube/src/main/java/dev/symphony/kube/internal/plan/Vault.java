package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.Secret;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.Masking;
import dev.symphony.spi.Problems;
import dev.symphony.spi.SecretText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of an experiment's secret variables, and the Secret object that holds them. */
final class Vault {
  /** The name of the object. */
  static final String OBJECT = "symphony-secrets";

  /** What Kubernetes takes in one object. */
  private static final int LARGEST = 1024 * 1024;

  private final ClusterContext context;
  private final Problems problems;
  private final Map<String, SecretText> ofExperiment = new LinkedHashMap<>();
  private final Map<ProcessName, Map<String, SecretText>> values = new LinkedHashMap<>();
  private final Map<String, String> byKey = new LinkedHashMap<>();

  /** Reads all values. */
  Vault(ExperimentSpec spec, ClusterContext context, Problems problems) {
    this.context = context;
    this.problems = problems;
    read("", spec.getSecrets(), ofExperiment);
    for (ProcessSpec process : spec.listAllProcesses()) {
      Map<String, SecretText> all = new LinkedHashMap<>(ofExperiment);
      if (!process.getSecrets().isEmpty()) {
        read("process " + process.getFullName() + ": ", process.getSecrets(), all);
      }
      values.put(process.getFullName(), all);
    }
  }

  private void read(String owner, Map<String, Secret> secrets, Map<String, SecretText> into) {
    for (Map.Entry<String, Secret> entry : secrets.entrySet()) {
      String variable = entry.getKey();
      try {
        into.put(
            variable,
            new SecretText(
                entry.getValue().resolve(variable, context.environment(), context.home())));
      } catch (SymphonyException e) {
        problems.add(owner + e.getMessage());
      }
    }
  }

  /** The secret variables of a process. */
  Map<String, SecretText> of(ProcessName process) {
    return values.getOrDefault(process, Map.of());
  }

  /** All values, each once. */
  List<KnownSecret> known() {
    Map<String, KnownSecret> known = new LinkedHashMap<>();
    for (Map<String, SecretText> some : values.values()) {
      some.forEach(
          (variable, text) ->
              known.putIfAbsent(
                  text.reveal(), new KnownSecret(text, "secret " + variable, "$" + variable)));
    }
    return new ArrayList<>(known.values());
  }

  /** Masks these values also where they were written for Kubernetes. */
  static Masking masking(List<SecretText> texts) {
    List<SecretText> all = new ArrayList<>(texts);
    for (SecretText text : texts) {
      String literal = Expansion.literal(text.reveal());
      if (!literal.equals(text.reveal())) {
        all.add(new SecretText(literal));
      }
    }
    return new Masking(all);
  }

  /**
   * Keeps a value.
   *
   * @param owner the container, unlike all others: its name after that of the pod
   * @return a reference to it, as the environment of a container has it
   */
  Map<String, Object> keep(Scope scope, String owner, String variable, String value) {
    String key = variable;
    for (int i = 1; !byKey.computeIfAbsent(key, fresh -> value).equals(value); i++) {
      key = owner + "." + variable + (i == 1 ? "" : "." + i);
    }
    Map<String, Object> reference = Tree.of("name", scope.object(OBJECT), "key", key);
    return Tree.of("secretKeyRef", reference);
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  /** The object that holds what was kept. */
  Map<String, Object> object(Scope scope) {
    Map<String, byte[]> data = new LinkedHashMap<>();
    byKey.forEach((key, value) -> data.put(key, value.getBytes(StandardCharsets.UTF_8)));
    return secret(scope, OBJECT, data, problems);
  }

  /** A Secret; complains of one that the API server would not take. */
  static Map<String, Object> secret(
      Scope scope, String name, Map<String, byte[]> values, Problems problems) {
    Map<String, Object> data = new LinkedHashMap<>();
    long size = 0;
    for (Map.Entry<String, byte[]> entry : values.entrySet()) {
      data.put(entry.getKey(), Base64.getEncoder().encodeToString(entry.getValue()));
      size += entry.getValue().length;
    }
    if (size > LARGEST) {
      problems.add(
          "its secrets have "
              + size
              + " bytes together, more than the 1 MiB that Kubernetes keeps in one Secret; mount"
              + " a volume instead");
    }
    Map<String, Object> secret = scope.make("Secret", name, Names.KIND, "secret");
    secret.put("type", "Opaque");
    secret.put("data", data);
    return secret;
  }
}
