package dev.symphony.kube.internal.plan;

import dev.symphony.engine.BaseSpec;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a declaration says in its section {@code kube}, checked as it is read. */
final class Section {
  private static final String NAME = "kube";

  private final String owner;
  private final Map<String, Object> fields;
  private final Problems problems;

  private Section(String owner, Map<String, Object> fields, Problems problems) {
    this.owner = owner;
    this.fields = fields;
    this.problems = problems;
  }

  /**
   * Reads it.
   *
   * @param owner how the spec is called in errors: {@code process agent}
   * @param known the fields that there are
   */
  static Section of(BaseSpec spec, String owner, List<String> known, Problems problems) {
    Object section = spec.getSections().get(NAME);
    if (section != null && !(section instanceof Map)) {
      problems.add(owner + ": " + NAME + " must be a map, found " + typeOf(section));
    }
    Section read = new Section(owner, Tree.map(section), problems);
    read.checkNames(NAME, read.fields, known);
    return read;
  }

  /** A fragment of an object; empty where there is none. */
  Map<String, Object> fragment(String field) {
    return map(NAME + "." + field, fields.get(field));
  }

  /** A fragment of a pod, of metadata and spec; empty where there is none. */
  Map<String, Object> podFragment() {
    String name = NAME + ".pod";
    Map<String, Object> pod = fragment("pod");
    checkNames(name, pod, List.of("metadata", "spec"));
    map(name + ".metadata", pod.get("metadata"));
    map(name + ".spec", pod.get("spec"));
    return pod;
  }

  /** A list of texts; empty where there is none. */
  List<String> texts(String field, String what) {
    Object value = fields.get(field);
    List<String> texts = new ArrayList<>();
    if (value == null) {
      return texts;
    }
    if (!(value instanceof List)) {
      problem(field + " must be a list of " + what + ", found " + typeOf(value));
    }
    for (Object item : Tree.list(value)) {
      if (item instanceof String text) {
        texts.add(text);
      } else {
        problem(field + " must be a list of " + what + ", found " + typeOf(item) + " in it");
      }
    }
    return texts;
  }

  /** Says what is wrong below the section. */
  void problem(String what) {
    problems.add(owner + ": " + NAME + "." + what);
  }

  private Map<String, Object> map(String path, @Nullable Object value) {
    if (value != null && !(value instanceof Map)) {
      problems.add(owner + ": " + path + " must be a map, found " + typeOf(value));
    }
    return Tree.map(value);
  }

  private void checkNames(String path, Map<String, Object> map, List<String> known) {
    for (String name : map.keySet()) {
      if (!known.contains(name)) {
        problems.add(
            owner + ": " + path + " has no '" + name + "'; it has " + String.join(", ", known));
      }
    }
  }

  private static String typeOf(@Nullable Object value) {
    if (value == null) {
      return "nothing";
    }
    if (value instanceof Map) {
      return "a map";
    }
    if (value instanceof List) {
      return "a list";
    }
    return value instanceof String ? "text" : value instanceof Number ? "a number" : "a truth";
  }
}
