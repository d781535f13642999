package dev.symphony.engine.internal.data;

import dev.symphony.engine.SymphonyException;
import java.io.StringReader;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** One reading of a YAML text: composed by snakeyaml-engine, which keeps the lines. */
final class YamlReading {
  /** What anchors may grow a document to. */
  private static final int MOST_VALUES = 1_000_000;

  private static final CoreSchema CORE = new CoreSchema();

  private final String source;
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean hasAliases;
  private int values;
  private int depth;

  YamlReading(String source) {
    this.source = source;
  }

  DataNode read(String text) {
    Optional<Node> root;
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setSchema(CORE)
              .setAllowNonScalarKeys(true)
              .setCodePointLimit(Integer.MAX_VALUE)
              .setMaxAliasesForCollections(MOST_VALUES)
              .build();
      StreamReader reader = new StreamReader(settings, new StringReader(text));
      // What Compose does, whose package the library's module does not export.
      root = new Composer(settings, new ParserImpl(settings, reader)).getSingleNode();
    } catch (MarkedYamlEngineException e) {
      throw malformed(e);
    } catch (ReaderException e) {
      throw new SymphonyException(
          source
              + " line "
              + lineOf(text, e.getPosition())
              + ": the character U+"
              + hex(e.getCodePoint())
              + " is not allowed as it is; write it as an escape in double quotes",
          e);
    } catch (YamlEngineException e) {
      throw new SymphonyException(source + ": " + firstLine(String.valueOf(e.getMessage())), e);
    } catch (StackOverflowError e) {
      throw new SymphonyException(source + ": nested too deeply", e);
    }
    return root.isPresent()
        ? value(root.get(), null, null, line(root.get()))
        : DataNode.nothing(new Place(source, 1, null, null, 1));
  }

  private DataNode value(
      Node node, @Nullable DataNode parent, @Nullable String name, int nameLine) {
    Place place = new Place(source, line(node), parent, name, nameLine);
    guard(node, place);
    DataNode made;
    depth++;
    if (node instanceof MappingNode map && isTagged(node, Tag.MAP)) {
      made = map(map, place);
    } else if (node instanceof SequenceNode list && isTagged(node, Tag.SEQ)) {
      made = DataNode.list(place);
      for (Node item : list.getValue()) {
        made.add(value(item, made, null, line(item)));
      }
    } else if (node instanceof ScalarNode scalar) {
      made = scalar(scalar, place);
    } else {
      throw unknownTag(node, place);
    }
    depth--;
    return made;
  }

  private void guard(Node node, Place place) {
    if (!seen.add(node)) {
      hasAliases = true;
    }
    values++;
    if (depth >= DataReader.DEEPEST) {
      throw DataNode.nothing(place)
          .problem(
              node.isRecursive()
                  ? "an anchor must not contain itself"
                  : "nested deeper than " + DataReader.DEEPEST);
    }
    if (hasAliases && values > MOST_VALUES) {
      throw new SymphonyException(
          source + ": its anchors make more than " + MOST_VALUES + " values");
    }
  }

  private DataNode map(MappingNode node, Place place) {
    DataNode map = DataNode.map(place);
    for (NodeTuple entry : node.getValue()) {
      int keyLine = line(entry.getKeyNode());
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new SymphonyException(
            source + " line " + keyLine + ": a field's name must be text, not a map or a list");
      }
      String name = key.getValue();
      map.put(name, value(entry.getValueNode(), map, name, keyLine));
    }
    return map;
  }

  private static DataNode scalar(ScalarNode node, Place place) {
    Tag tag = node.getTag();
    String text = node.getValue();
    if (tag.equals(Tag.STR)) {
      return DataNode.string(text, place);
    }
    if (tag.equals(Tag.NULL)) {
      return DataNode.nothing(place);
    }
    Tag spelled = CORE.getScalarResolver().resolve(text, true);
    if (tag.equals(Tag.BOOL) && spelled.equals(tag)) {
      return DataNode.bool(text.equalsIgnoreCase("true"), text, place);
    }
    if (tag.equals(Tag.INT) && spelled.equals(tag)) {
      return whole(text, place);
    }
    if (tag.equals(Tag.FLOAT) && (spelled.equals(tag) || spelled.equals(Tag.INT))) {
      return number(text, place);
    }
    if (tag.equals(Tag.ENV_TAG) && spelled.equals(tag)) {
      // To the library ${NAME} alone is a variable; to us it is text like any other.
      return DataNode.string(text, place);
    }
    throw unknownTag(node, place);
  }

  private static DataNode whole(String text, Place place) {
    if (text.startsWith("0x")) {
      return Numbers.whole(text.substring(2), text, 16, place);
    }
    return text.startsWith("0o")
        ? Numbers.whole(text.substring(2), text, 8, place)
        : Numbers.whole(text, text, 10, place);
  }

  private static DataNode number(String text, Place place) {
    if (text.equalsIgnoreCase(".nan")) {
      return DataNode.number(Double.NaN, text, place);
    }
    if (text.length() <= 5 && text.toLowerCase(java.util.Locale.ROOT).endsWith(".inf")) {
      double infinity = text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      return DataNode.number(infinity, text, place);
    }
    return Numbers.node(false, text, place);
  }

  private static boolean isTagged(Node node, Tag tag) {
    return node.getTag().equals(tag);
  }

  private static SymphonyException unknownTag(Node node, Place place) {
    String tag = node.getTag().getValue();
    String shown = tag.startsWith(Tag.PREFIX) ? "!!" + tag.substring(Tag.PREFIX.length()) : tag;
    return DataNode.nothing(place).problem("the tag " + shown + " does not fit here");
  }

  private SymphonyException malformed(MarkedYamlEngineException e) {
    Mark context = e.getContextMark().orElse(null);
    Mark mark = e.getProblemMark().orElse(context);
    @Nullable String problem = e.getProblem();
    StringBuilder what = new StringBuilder(source);
    if (mark != null) {
      what.append(" line ").append(mark.getLine() + 1);
    }
    what.append(": ").append(firstLine(problem == null ? String.valueOf(e.getMessage()) : problem));
    if (mark != null && context != null && context.getLine() != mark.getLine()) {
      // Such as a quote that nobody closed.
      what.append(' ').append(firstLine(String.valueOf(e.getContext())));
      what.append(" from line ").append(context.getLine() + 1);
    }
    return new SymphonyException(what.toString(), e);
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }

  private static int line(Node node) {
    Optional<Mark> mark = node.getStartMark();
    return mark.isPresent() ? mark.get().getLine() + 1 : 1;
  }

  private static int lineOf(String text, int codePoints) {
    int line = 1;
    int left = codePoints;
    for (int i = 0; i < text.length() && left > 0; left--) {
      int c = text.codePointAt(i);
      line += c == '\n' ? 1 : 0;
      i += Character.charCount(c);
    }
    return line;
  }

  private static String hex(int codePoint) {
    String digits = Integer.toHexString(codePoint).toUpperCase(java.util.Locale.ROOT);
    return "0000".substring(Math.min(4, digits.length())) + digits;
  }
}
