package dev.symphony.kube.internal.api;

import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * One or more kubeconfigs as one: of what several of them name alike, the first counts.
 *
 * <p>Every scalar is read as text, so that a token of digits stays what it is.
 */
final class Kubeconfig {
  /**
   * What stands under a name, and the folder its relative paths start from.
   *
   * @param fields empty where the entry says nothing
   */
  record Entry(String name, Map<String, Object> fields, Path folder) {}

  private final List<Path> files = new ArrayList<>();
  private final Map<String, Entry> clusters = new LinkedHashMap<>();
  private final Map<String, Entry> users = new LinkedHashMap<>();
  private final Map<String, Entry> contexts = new LinkedHashMap<>();
  private @Nullable String current;

  /** Reads those files that exist. */
  static Kubeconfig read(List<Path> candidates) {
    Kubeconfig all = new Kubeconfig();
    for (Path file : candidates) {
      all.add(file);
    }
    return all;
  }

  private void add(Path file) {
    Object root;
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setSchema(new FailsafeSchema())
              .setLabel(file.toString())
              .setCodePointLimit(Integer.MAX_VALUE)
              .setAllowDuplicateKeys(false)
              .build();
      root = new Load(settings).loadFromString(Files.readString(file));
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new SymphonyException("cannot read the kubeconfig " + file + ": " + e, e);
    } catch (YamlEngineException e) {
      String why = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
      throw new SymphonyException("the kubeconfig " + file + " is no YAML: " + why, e);
    }
    files.add(file);
    if (root != null && !(root instanceof Map)) {
      throw new SymphonyException("the kubeconfig " + file + " is no kubeconfig");
    }
    Path folder = file.toAbsolutePath().getParent();
    Path base = folder == null ? file.toAbsolutePath() : folder;
    collect(root, "clusters", "cluster", base, clusters);
    collect(root, "users", "user", base, users);
    collect(root, "contexts", "context", base, contexts);
    String named = Tree.text(root, "current-context");
    if (current == null && named != null && !named.isEmpty()) {
      current = named;
    }
  }

  private static void collect(
      @Nullable Object root, String list, String field, Path folder, Map<String, Entry> entries) {
    for (Object item : Tree.list(root, list)) {
      String name = Tree.text(item, "name");
      if (name != null) {
        entries.putIfAbsent(name, new Entry(name, Tree.map(item, field), folder));
      }
    }
  }

  /** Whether there is nothing to choose from. */
  boolean isEmpty() {
    return contexts.isEmpty() && clusters.isEmpty() && users.isEmpty();
  }

  /**
   * The context of this name, or the current one for null.
   *
   * @throws SymphonyException in one line, where there is none
   */
  Entry context(@Nullable String wanted) {
    String name = wanted == null ? current : wanted;
    if (name == null) {
      throw new SymphonyException(
          "the kubeconfig " + where() + " has no current context; name one: " + known());
    }
    Entry entry = contexts.get(name);
    if (entry == null) {
      throw new SymphonyException(
          "there is no context '" + name + "' in the kubeconfig " + where() + "; " + known());
    }
    return entry;
  }

  /** The cluster of a context. */
  Entry cluster(Entry context) {
    return referred(context, "cluster", clusters);
  }

  /** The user of a context; one without a name or a login where it names none. */
  Entry user(Entry context) {
    String name = Tree.text(context.fields(), "user");
    return name == null || name.isEmpty()
        ? new Entry("", Map.of(), context.folder())
        : referred(context, "user", users);
  }

  private Entry referred(Entry context, String field, Map<String, Entry> entries) {
    String name = Tree.text(context.fields(), field);
    Entry entry = entries.get(name == null ? "" : name);
    if (entry == null) {
      throw new SymphonyException(
          "the context '"
              + context.name()
              + "' of the kubeconfig "
              + where()
              + (name == null
                  ? " names no " + field
                  : " names the " + field + " '" + name + "', which is not there"));
    }
    return entry;
  }

  private String known() {
    return contexts.isEmpty()
        ? "it has no contexts"
        : "it has " + String.join(", ", new TreeSet<>(contexts.keySet()));
  }

  /** Its files, for messages. */
  String where() {
    StringBuilder text = new StringBuilder();
    for (Path file : files) {
      text.append(text.length() == 0 ? "" : ":").append(file);
    }
    return text.toString();
  }
}
