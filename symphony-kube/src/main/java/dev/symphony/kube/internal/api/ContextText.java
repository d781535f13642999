package dev.symphony.kube.internal.api;

import dev.symphony.engine.SymphonyException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** The text of a kubeconfig, YAML or JSON, with where its contexts stand in it. */
final class ContextText {
  /** Words that older YAML takes for something else than text. */
  private static final Set<String> NO_TEXT =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private final Path file;
  private final String text;
  private final @Nullable Node root;

  private ContextText(Path file, String text, @Nullable Node root) {
    this.file = file;
    this.text = text;
    this.root = root;
  }

  /**
   * Reads it.
   *
   * @param file what errors call it
   */
  static ContextText of(Path file, String text) {
    try {
      LoadSettings settings = settings();
      StreamReader reader = new StreamReader(settings, text);
      Optional<Node> root =
          new Composer(settings, new ParserImpl(settings, reader)).getSingleNode();
      return new ContextText(file, text, root.orElse(null));
    } catch (YamlEngineException e) {
      throw new SymphonyException(
          "the kubeconfig " + file + " is no YAML: " + oneLine(String.valueOf(e.getMessage())), e);
    }
  }

  private static LoadSettings settings() {
    return LoadSettings.builder()
        .setUseMarks(true)
        .setCodePointLimit(Integer.MAX_VALUE)
        .setAllowDuplicateKeys(false)
        .build();
  }

  /** Whether it has a context of this name. */
  boolean has(String context) {
    return find(context) != null;
  }

  /**
   * The text with another namespace in a context, and no other change.
   *
   * @throws SymphonyException where that cannot be done so
   */
  String withNamespace(String context, String namespace) {
    if (!(find(context) instanceof MappingNode fields)) {
      throw refused(context);
    }
    Node old = value(fields, "namespace");
    String changed =
        old == null ? inserted(fields, context, namespace) : replaced(old, context, namespace);
    if (!expected(context, namespace).equals(parsed(changed, context))) {
      throw refused(context);
    }
    return changed;
  }

  private String replaced(Node old, String context, String namespace) {
    if (!(old instanceof ScalarNode)) {
      throw refused(context);
    }
    int from = offset(old.getStartMark(), context);
    int to = offset(old.getEndMark(), context);
    boolean quoted = from < to && text.charAt(from) == '"';
    String value = quoted ? quoted(namespace) : plain(namespace);
    return text.substring(0, from) + (from == to ? " " : "") + value + text.substring(to);
  }

  /** Before the first field, on a line of its own where that has one. */
  private String inserted(MappingNode fields, String context, String namespace) {
    boolean flow = fields.getFlowStyle() == FlowStyle.FLOW;
    if (fields.getValue().isEmpty()) {
      throw refused(context);
    }
    Node first = fields.getValue().get(0).getKeyNode();
    int at = offset(first.getStartMark(), context);
    int line = text.lastIndexOf('\n', at - 1) + 1;
    String before = text.substring(line, at);
    String entry =
        text.charAt(at) == '"'
            ? "\"namespace\": " + quoted(namespace)
            : "namespace: " + plain(namespace);
    String end;
    if (before.isBlank()) {
      end = (text.startsWith("\r\n", line - 2) ? "\r\n" : "\n") + before;
    } else if (flow) {
      end = " ";
    } else {
      throw refused(context);
    }
    return text.substring(0, at) + entry + (flow ? "," : "") + end + text.substring(at);
  }

  private static String plain(String namespace) {
    boolean safe = namespace.matches("[a-z]([-a-z0-9]*[a-z0-9])?") && !NO_TEXT.contains(namespace);
    return safe ? namespace : quoted(namespace);
  }

  private static String quoted(String namespace) {
    return '"' + namespace + '"';
  }

  /** The fields of a context; null where there is none of this name. */
  private @Nullable Node find(String context) {
    if (value(root, "contexts") instanceof SequenceNode contexts) {
      for (Node each : contexts.getValue()) {
        if (value(each, "name") instanceof ScalarNode name && name.getValue().equals(context)) {
          return value(each, "context");
        }
      }
    }
    return null;
  }

  private static @Nullable Node value(@Nullable Node map, String key) {
    if (map instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
          return tuple.getValueNode();
        }
      }
    }
    return null;
  }

  private int offset(Optional<Mark> mark, String context) {
    if (mark.isEmpty()) {
      throw refused(context);
    }
    return text.offsetByCodePoints(0, mark.get().getIndex());
  }

  // ---- that nothing else has changed

  private @Nullable Object parsed(String yaml, String context) {
    try {
      return new Load(settings()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw refused(context);
    }
  }

  /** What the changed text must mean: the same with this one field. */
  private Object expected(String context, String namespace) {
    Map<String, Object> whole = Tree.copy(Tree.map(parsed(text, context)));
    List<Object> contexts = new ArrayList<>();
    boolean done = false;
    for (Object each : Tree.list(whole, "contexts")) {
      if (!done && context.equals(String.valueOf(Tree.at(each, "name")))) {
        Map<String, Object> changed = new LinkedHashMap<>(Tree.map(each));
        Map<String, Object> fields = new LinkedHashMap<>(Tree.map(each, "context"));
        fields.put("namespace", namespace);
        changed.put("context", fields);
        contexts.add(changed);
        done = true;
      } else {
        contexts.add(each);
      }
    }
    whole.put("contexts", contexts);
    return whole;
  }

  private SymphonyException refused(String context) {
    return new SymphonyException(
        "context '"
            + context
            + "' in the kubeconfig "
            + file
            + " is written in a way that cannot be changed in place; use 'kubectl config"
            + " set-context'");
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s+", " ");
  }
}
