package dev.symphony.engine.internal.data;

import dev.symphony.engine.SymphonyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value read from a file, which knows where it stands, so that every complaint about it can say
 * so.
 *
 * <p>Each getter throws a {@link SymphonyException} of one line where the value is of another kind:
 * {@code experiment.yaml line 12: processes[0].port: expected a whole number, found 'abc'}.
 */
public final class DataNode {
  /** What a value may be. */
  public enum Kind {
    /** Named values, in the order of the file. */
    MAP,
    /** Values in a row. */
    LIST,
    /** Text. */
    STRING,
    /** A whole number of 64 bits. */
    LONG,
    /** Another number. */
    DOUBLE,
    /** True or false. */
    BOOLEAN,
    /** Nothing. */
    NULL
  }

  private final Kind kind;
  private final @Nullable Object value;
  private final String source;
  private final int line;
  private final @Nullable DataNode parent;
  private final @Nullable String name;
  private final int nameLine;

  /** A number or a boolean keeps its spelling; a map or a list is filled afterwards. */
  private DataNode(Kind kind, @Nullable Object value, Place place) {
    this.kind = kind;
    this.value = value;
    this.source = place.source();
    this.line = place.line();
    this.parent = place.parent();
    this.name = place.name();
    this.nameLine = place.nameLine();
  }

  private record Spelled(Object value, String spelling) {}

  static DataNode map(Place place) {
    return new DataNode(Kind.MAP, new LinkedHashMap<String, DataNode>(), place);
  }

  static DataNode list(Place place) {
    return new DataNode(Kind.LIST, new ArrayList<DataNode>(), place);
  }

  static DataNode string(String text, Place place) {
    return new DataNode(Kind.STRING, text, place);
  }

  static DataNode whole(long number, String spelling, Place place) {
    return new DataNode(Kind.LONG, new Spelled(number, spelling), place);
  }

  static DataNode number(double number, String spelling, Place place) {
    return new DataNode(Kind.DOUBLE, new Spelled(number, spelling), place);
  }

  static DataNode bool(boolean truth, String spelling, Place place) {
    return new DataNode(Kind.BOOLEAN, new Spelled(truth, spelling), place);
  }

  static DataNode nothing(Place place) {
    return new DataNode(Kind.NULL, null, place);
  }

  /** Adds a child to this map; refuses a name that it has. */
  void put(String childName, DataNode child) {
    DataNode before = fields().putIfAbsent(childName, child);
    if (before != null) {
      throw new SymphonyException(
          place(child.nameLine)
              + "'"
              + Place.shown(childName)
              + "' is given twice, first in line "
              + before.nameLine);
    }
  }

  /** Adds a child to this list. */
  void add(DataNode child) {
    elements().add(child);
  }

  /** What it is. */
  public Kind kind() {
    return kind;
  }

  /** Whether it is nothing: {@code null}, or in YAML left out. */
  public boolean isNull() {
    return kind == Kind.NULL;
  }

  /** Where it was read: the file as the reader got it. */
  public String source() {
    return source;
  }

  /** The line it begins in, from 1. */
  public int line() {
    return line;
  }

  /** The line of its name in a map; of itself elsewhere. */
  public int nameLine() {
    return nameLine;
  }

  /** The way to it, such as {@code processes[2].binds}; empty at the root. */
  public String path() {
    DataNode above = parent;
    if (above == null) {
      return "";
    }
    if (name == null) {
      return above.path() + "[" + indexIn(above) + "]";
    }
    return Place.step(above.path(), name);
  }

  private int indexIn(DataNode list) {
    List<DataNode> all = list.elements();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i) == this) {
        return i;
      }
    }
    // Not added yet: it is being read.
    return all.size();
  }

  /** An exception that says where this value stands, and then what is wrong with it. */
  public SymphonyException problem(String what) {
    return new SymphonyException(place(line) + what);
  }

  private String place(int at) {
    String way = path();
    return source + " line " + at + ": " + (way.isEmpty() ? "" : way + ": ");
  }

  // ---- maps

  /** The field of this map; null where it is missing or nothing. */
  public @Nullable DataNode field(String field) {
    expect(Kind.MAP, "a map");
    DataNode found = fields().get(field);
    return found == null || found.isNull() ? null : found;
  }

  /** The field of this map, which must be there. */
  public DataNode requireField(String field) {
    DataNode found = field(field);
    if (found == null) {
      throw problem("'" + field + "' is missing");
    }
    return found;
  }

  /** The fields of this map in the order of the file, those that are nothing too. */
  public Map<String, DataNode> entries() {
    expect(Kind.MAP, "a map");
    return Collections.unmodifiableMap(fields());
  }

  /** Refuses a field of this map that has none of these names, and names the nearest. */
  public void rejectUnknown(String... allowed) {
    rejectUnknown(Arrays.asList(allowed));
  }

  /** Refuses a field of this map that has none of these names, and names the nearest. */
  public void rejectUnknown(Iterable<String> allowed) {
    for (Map.Entry<String, DataNode> entry : entries().entrySet()) {
      String field = entry.getKey();
      if (!contains(allowed, field)) {
        String near = NearName.among(field, allowed);
        throw new SymphonyException(
            place(entry.getValue().nameLine)
                + "there is no field '"
                + Place.shown(field)
                + "'; "
                + (near == null
                    ? "those known are " + String.join(", ", allowed)
                    : "did you mean '" + near + "'?"));
      }
    }
  }

  private static boolean contains(Iterable<String> names, String wanted) {
    for (String one : names) {
      if (one.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** The text of a field; null where it is missing or nothing. */
  public @Nullable String getString(String field) {
    DataNode found = field(field);
    return found == null ? null : found.asString();
  }

  /** The text of a field, {@code otherwise} where it is missing or nothing. */
  public String getString(String field, String otherwise) {
    DataNode found = field(field);
    return found == null ? otherwise : found.asString();
  }

  /** The whole number of a field, {@code otherwise} where it is missing or nothing. */
  public long getLong(String field, long otherwise) {
    DataNode found = field(field);
    return found == null ? otherwise : found.asLong();
  }

  /** The whole number of a field, {@code otherwise} where it is missing or nothing. */
  public int getInt(String field, int otherwise) {
    DataNode found = field(field);
    return found == null ? otherwise : found.asInt();
  }

  /** The truth of a field, {@code otherwise} where it is missing or nothing. */
  public boolean getBoolean(String field, boolean otherwise) {
    DataNode found = field(field);
    return found == null ? otherwise : found.asBoolean();
  }

  // ---- values

  /** The values of this list. */
  public List<DataNode> items() {
    expect(Kind.LIST, "a list");
    return Collections.unmodifiableList(elements());
  }

  /** The values of this list, each a text. */
  public List<String> asStrings() {
    List<String> texts = new ArrayList<>();
    for (DataNode item : items()) {
      texts.add(item.asString());
    }
    return texts;
  }

  /** This text; a number or a boolean is none, unless it is quoted. */
  public String asString() {
    if (value instanceof Spelled spelled) {
      throw problem("expected text, found " + spelled.spelling + "; put it in quotes");
    }
    expect(Kind.STRING, "text");
    return (String) value();
  }

  /** This text, or a number or boolean as it is spelled in the file. */
  public String asText() {
    return value instanceof Spelled spelled ? spelled.spelling : asString();
  }

  /** This whole number. */
  public long asLong() {
    expect(Kind.LONG, "a whole number");
    return (Long) ((Spelled) value()).value;
  }

  /** This whole number of 32 bits. */
  public int asInt() {
    long number = asLong();
    if (number != (int) number) {
      throw problem("the number " + number + " is too large");
    }
    return (int) number;
  }

  /** This number, whole or not. */
  public double asDouble() {
    if (kind == Kind.LONG) {
      return asLong();
    }
    expect(Kind.DOUBLE, "a number");
    return (Double) ((Spelled) value()).value;
  }

  /** Whether this is {@code true}. */
  public boolean asBoolean() {
    expect(Kind.BOOLEAN, "true or false");
    return (Boolean) ((Spelled) value()).value;
  }

  /**
   * The same in Java's own types: ordered maps, lists, strings, longs, doubles, booleans and nulls,
   * which belong to the caller.
   */
  public @Nullable Object toPlain() {
    switch (kind) {
      case MAP -> {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (Map.Entry<String, DataNode> entry : fields().entrySet()) {
          plain.put(entry.getKey(), entry.getValue().toPlain());
        }
        return plain;
      }
      case LIST -> {
        List<@Nullable Object> plain = new ArrayList<>(elements().size());
        for (DataNode item : elements()) {
          plain.add(item.toPlain());
        }
        return plain;
      }
      default -> {
        return value instanceof Spelled spelled ? spelled.value : value;
      }
    }
  }

  private void expect(Kind wanted, String inWords) {
    if (kind != wanted) {
      throw problem("expected " + inWords + ", found " + inWords());
    }
  }

  /** What this is, short and on one line, as errors show it. */
  public String inWords() {
    return switch (kind) {
      case MAP -> "a map";
      case LIST -> "a list";
      case NULL -> "nothing";
      case STRING -> "'" + Place.shown((String) value()) + "'";
      default -> ((Spelled) value()).spelling;
    };
  }

  private Object value() {
    if (value == null) {
      throw new IllegalStateException(kind + " without a value");
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  private Map<String, DataNode> fields() {
    return (Map<String, DataNode>) value();
  }

  @SuppressWarnings("unchecked")
  private List<DataNode> elements() {
    return (List<DataNode>) value();
  }

  /** Where it stands and what it is, for the debugger. */
  @Override
  public String toString() {
    return place(line) + inWords();
  }
}
