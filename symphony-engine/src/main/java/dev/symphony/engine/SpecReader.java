package dev.symphony.engine;

import dev.symphony.engine.internal.data.DataNode;
import dev.symphony.engine.local.LocalCluster;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns what files hold into declarations; whatever is wrong is named with its line and path. */
final class SpecReader {
  /** What errors call a text that comes from no file. */
  static final String TEXT = "<string>";

  private static final List<String> BACKENDS = List.of("local", "tmux", "kube");
  private static final List<String> OF_EXPERIMENT =
      List.of(
          SpecFields.NAME,
          SpecFields.PREAMBLE,
          SpecFields.SECRETS,
          SpecFields.GROUPS,
          SpecFields.PROCESSES);
  private static final List<String> OF_GROUP =
      List.of(SpecFields.NAME, SpecFields.PREAMBLE, SpecFields.PROCESSES);

  private SpecReader() {}

  static <T extends ExperimentSpec> T experiment(DataNode node, Function<String, T> make) {
    T spec = begin(node, make, OF_EXPERIMENT);
    List<String> preamble = lines(node.field(SpecFields.PREAMBLE));
    spec.preamble(preamble);
    for (Map.Entry<String, DataNode> entry : entries(node.field(SpecFields.SECRETS))) {
      Secret secret = secret(entry.getValue());
      at(entry.getValue(), () -> spec.secret(entry.getKey(), secret));
    }
    for (DataNode group : items(node.field(SpecFields.GROUPS))) {
      group(group, spec::newProcessGroup);
    }
    for (DataNode process : items(node.field(SpecFields.PROCESSES))) {
      process(process, spec::newProcess);
    }
    return spec;
  }

  static <T extends ProcessGroupSpec> T group(DataNode node, Function<String, T> make) {
    T spec = begin(node, make, OF_GROUP);
    spec.preamble(lines(node.field(SpecFields.PREAMBLE)));
    for (DataNode process : items(node.field(SpecFields.PROCESSES))) {
      process(process, spec::newProcess);
    }
    return spec;
  }

  static <T extends ProcessSpec> T process(DataNode node, Function<String, T> make) {
    T spec = begin(node, make, ProcessReader.FIELDS);
    new ProcessReader(node, spec).read();
    return spec;
  }

  /** Makes the spec once all its fields are known to be known, and keeps backends' sections. */
  private static <T extends BaseSpec> T begin(
      DataNode node, Function<String, T> make, List<String> fields) {
    Set<String> allowed = new LinkedHashSet<>(fields);
    allowed.addAll(BACKENDS);
    allowed.add(SpecFields.MASKED);
    if (!allowed.containsAll(node.entries().keySet())) {
      allowed.addAll(Backends.names());
      node.rejectUnknown(allowed);
    }
    DataNode masked = node.field(SpecFields.MASKED);
    if (masked != null) {
      throw masked.problem(
          "the value of a secret was masked in "
              + String.join(", ", masked.asStrings())
              + " when this was saved; write it anew, say with $VARIABLE, and remove '"
              + SpecFields.MASKED
              + "'");
    }
    DataNode name = node.requireField(SpecFields.NAME);
    String text = name.asString();
    T spec = at(name, () -> make.apply(text));
    for (Map.Entry<String, DataNode> entry : node.entries().entrySet()) {
      if (!fields.contains(entry.getKey()) && !entry.getValue().isNull()) {
        section(spec, entry.getKey(), entry.getValue());
      }
    }
    return spec;
  }

  /** Keeps a section, above what the spec's maker has said in it. */
  private static <T extends BaseSpec> void section(T spec, String backend, DataNode node) {
    if (backend.equals(LocalCluster.BACKEND)) {
      throw node.problem("there is nothing to say to backend local alone");
    }
    Object said = node.toPlain();
    if (said instanceof Map<?, ?> map
        && spec.getSections().get(backend) instanceof Map<?, ?> before) {
      Map<Object, @Nullable Object> both = new LinkedHashMap<>(before);
      both.putAll(map);
      said = both;
    }
    spec.getSections().put(backend, said);
    at(
        node,
        () -> {
          spec.sectionLoaded(backend);
          return spec;
        });
  }

  /** What is said with one value or with a list. */
  static List<String> lines(@Nullable DataNode node) {
    if (node == null) {
      return List.of();
    }
    return node.kind() == DataNode.Kind.STRING ? List.of(node.asString()) : node.asStrings();
  }

  static List<DataNode> items(@Nullable DataNode node) {
    return node == null ? List.of() : node.items();
  }

  static Iterable<Map.Entry<String, DataNode>> entries(@Nullable DataNode node) {
    return node == null ? List.of() : node.entries().entrySet();
  }

  /** Never quotes what stands there, which may be the secret itself. */
  static Secret secret(DataNode node) {
    Map<String, DataNode> fields =
        node.kind() == DataNode.Kind.MAP ? node.entries() : Map.of("", node);
    DataNode env = fields.get("env");
    DataNode file = fields.get("file");
    DataNode literal = fields.get("literal");
    if (fields.size() == 1) {
      if (env != null && env.kind() == DataNode.Kind.STRING) {
        String variable = env.asString();
        return at(env, () -> Secret.env(variable));
      }
      if (file != null && file.kind() == DataNode.Kind.STRING) {
        return Secret.file(file.asString());
      }
      if (literal != null && literal.kind() == DataNode.Kind.BOOLEAN && literal.asBoolean()) {
        return Secret.missing();
      }
    }
    throw node.problem(
        "a file holds no secret, only where it comes from; write {env: VARIABLE} or {file: PATH}");
  }

  /** Adds the place to what a setter complains of. */
  static <R> R at(DataNode node, java.util.function.Supplier<R> action) {
    try {
      return action.get();
    } catch (SymphonyException e) {
      throw node.problem(String.valueOf(e.getMessage()));
    }
  }

  /** Services with their ports: a name, a list of names, or a map. */
  static Map<String, @Nullable Integer> services(DataNode node) {
    Map<String, @Nullable Integer> services = new LinkedHashMap<>();
    if (node.kind() == DataNode.Kind.MAP) {
      for (Map.Entry<String, DataNode> entry : node.entries().entrySet()) {
        DataNode port = entry.getValue();
        services.put(entry.getKey(), port.isNull() ? null : port.asInt());
      }
    } else {
      for (String name : lines(node)) {
        services.put(name, null);
      }
    }
    return services;
  }

  static Duration duration(DataNode node) {
    Duration duration =
        node.kind() == DataNode.Kind.STRING ? SpecFields.duration(node.asString()) : null;
    if (duration == null) {
      throw node.problem("expected a duration such as 10s, 500ms or 2m, found " + node.inWords());
    }
    return duration;
  }
}
