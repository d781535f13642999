package dev.symphony.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What an image of the class path has beside it; each method gives a new one.
 *
 * <pre>{@code
 * ImageAdditions additions =
 *     ImageAdditions.none()
 *         .file("models/base.bin", "/data/base.bin")
 *         .environment("LANG", "C.UTF-8")
 *         .port(6006)
 *         .label("org.opencontainers.image.source", "https://example.org/me/train");
 * }</pre>
 *
 * @param files in the order they were given
 * @param environment above that of the base image; a process's own comes above it
 * @param ports that the image says it listens on, TCP
 * @param labels above those of the base image and those of the program's version
 */
public record ImageAdditions(
    List<File> files,
    SortedMap<String, String> environment,
    SortedSet<Integer> ports,
    SortedMap<String, String> labels) {
  private static final Pattern TARGET = Pattern.compile("/|(/[^/\\p{Cntrl}]+)+/?");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?");
  private static final List<String> KEYS = List.of("files", "environment", "ports", "labels");

  /**
   * A file, or a folder with all that is in it.
   *
   * @param from where it is here; a relative path starts from the working directory, a leading
   *     {@code ~} is the home folder
   * @param to where it is in the image, absolute; for a file, a {@code /} at the end makes it the
   *     folder
   */
  public record File(String from, String to) {
    /**
     * Checks the names, not whether there is such a file.
     *
     * @throws UsageException where {@code from} is empty, or {@code to} not absolute and plain
     */
    public File {
      if (from.isBlank()) {
        throw new UsageException("a file of an image has no name here; give file(from, to)");
      }
      boolean plain = TARGET.matcher(to).matches();
      for (String step : to.split("/", -1)) {
        plain &= !step.equals(".") && !step.equals("..");
      }
      if (!plain) {
        throw new UsageException(
            "'" + to + "' is no place in an image; write an absolute path, such as /data/x");
      }
    }
  }

  /**
   * Copies.
   *
   * @throws UsageException for what cannot be in an image
   */
  public ImageAdditions {
    files = List.copyOf(files);
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (!VARIABLE.matcher(variable.getKey()).matches()) {
        throw new UsageException(
            "'" + variable.getKey() + "' is no name of an environment variable of an image");
      }
      if (variable.getValue().indexOf('\0') >= 0) {
        throw new UsageException(
            "environment variable " + variable.getKey() + " of an image has a zero byte");
      }
    }
    for (int port : ports) {
      if (port < 1 || port > 65535) {
        throw new UsageException("port " + port + " of an image is not between 1 and 65535");
      }
    }
    for (String label : labels.keySet()) {
      if (!LABEL.matcher(label).matches()) {
        throw new UsageException(
            "'"
                + label
                + "' is no name of a label of an image; write one such as org.example.team");
      }
    }
  }

  /** Nothing yet. */
  public static ImageAdditions none() {
    return new ImageAdditions(List.of(), new TreeMap<>(), new TreeSet<>(), new TreeMap<>());
  }

  /** With a file or folder more, as {@link File} has them. */
  public ImageAdditions file(String from, String to) {
    List<File> more = new ArrayList<>(files);
    more.add(new File(from, to));
    return new ImageAdditions(more, environment, ports, labels);
  }

  /** With a variable more. */
  public ImageAdditions environment(String name, String value) {
    return new ImageAdditions(files, with(environment, name, value), ports, labels);
  }

  /** With a TCP port more, 1 to 65535. */
  public ImageAdditions port(int number) {
    SortedSet<Integer> more = new TreeSet<>(ports);
    more.add(number);
    return new ImageAdditions(files, environment, more, labels);
  }

  /** With a label more. */
  public ImageAdditions label(String name, String value) {
    return new ImageAdditions(files, environment, ports, with(labels, name, value));
  }

  private static SortedMap<String, String> with(
      SortedMap<String, String> map, String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(map);
    more.put(name, value);
    return more;
  }

  // ---- as configuration has them

  /**
   * Those of a section of a configuration file: {@code files} (a map of from and to), {@code
   * environment} and {@code labels} (maps), {@code ports} (a list); each may be missing. Those that
   * code put there are taken as they are.
   *
   * @throws UsageException for anything else
   */
  public static ImageAdditions of(Object section) {
    if (section instanceof ImageAdditions given) {
      return given;
    }
    ImageAdditions additions = none();
    for (Map.Entry<String, Object> part : entries("imageAdditions", section)) {
      String key = part.getKey();
      if (!KEYS.contains(key)) {
        throw new UsageException(
            "imageAdditions has no '" + key + "'; it has " + String.join(", ", KEYS));
      }
      if (key.equals("ports")) {
        additions = additions.ports(part.getValue());
      } else {
        for (Map.Entry<String, Object> entry : entries(key, part.getValue())) {
          String name = entry.getKey();
          String value = text(key + " of imageAdditions: " + name, entry.getValue());
          additions =
              switch (key) {
                case "files" -> additions.file(name, value);
                case "environment" -> additions.environment(name, value);
                default -> additions.label(name, value);
              };
        }
      }
    }
    return additions;
  }

  private ImageAdditions ports(Object value) {
    ImageAdditions additions = this;
    for (Object port : value instanceof List<?> many ? many : List.of(value)) {
      if (!(port instanceof Number number) || number.intValue() != number.doubleValue()) {
        throw new UsageException("ports of imageAdditions must be numbers, not " + port);
      }
      additions = additions.port(number.intValue());
    }
    return additions;
  }

  private static List<Map.Entry<String, Object>> entries(String name, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new UsageException(
          (name.equals("imageAdditions") ? name : name + " of imageAdditions")
              + " must be a map, not "
              + value);
    }
    List<Map.Entry<String, Object>> entries = new ArrayList<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object inner = entry.getValue();
      entries.add(Map.entry(String.valueOf(entry.getKey()), inner == null ? "" : inner));
    }
    return entries;
  }

  private static String text(String place, Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    throw new UsageException(place + " must be a text, not " + value);
  }
}
