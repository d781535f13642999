package dev.symphony.tmux;

import dev.symphony.engine.BaseSpec;
import dev.symphony.engine.SymphonyException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a declaration says to tmux alone: the section {@code tmux} of its files. */
final class TmuxSection {
  private static final String START_DIR = "startDir";
  private static final String PREAMBLE = "preambleCmds";

  private TmuxSection() {}

  /** The directory that its processes begin in; null for none. */
  static @Nullable String startDir(BaseSpec spec) {
    return of(spec).get(START_DIR) instanceof String directory ? directory : null;
  }

  static void startDir(BaseSpec spec, String directory) {
    Map<String, Object> section = new LinkedHashMap<>(of(spec));
    section.put(START_DIR, directory);
    spec.getSections().put(TmuxCluster.BACKEND, section);
  }

  /**
   * Checks what a file says to an experiment or a group, and takes out the lines of the preamble,
   * which are saved with all others.
   */
  static List<String> takePreamble(BaseSpec spec) {
    require(spec, List.of(START_DIR, PREAMBLE));
    Object lines = take(spec, PREAMBLE);
    return lines == null ? List.of() : lines(lines);
  }

  /** Checks what a file says to a process, and takes out the directory; null for none. */
  static @Nullable String takeStartDir(BaseSpec spec) {
    require(spec, List.of(START_DIR));
    return take(spec, START_DIR) instanceof String directory ? directory : null;
  }

  private static Map<?, ?> section(BaseSpec spec) {
    Object section = spec.getSections().getOrDefault(TmuxCluster.BACKEND, Map.of());
    if (section instanceof Map<?, ?> map) {
      return map;
    }
    throw new SymphonyException("expected a map, found " + section);
  }

  private static Map<String, Object> of(BaseSpec spec) {
    Map<String, Object> copy = new LinkedHashMap<>();
    section(spec).forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }

  private static void require(BaseSpec spec, List<String> keys) {
    for (Map.Entry<String, Object> entry : of(spec).entrySet()) {
      String key = entry.getKey();
      if (!keys.contains(key)) {
        throw new SymphonyException(
            "unknown field '" + key + "'; tmux takes " + String.join(", ", keys));
      }
      if (key.equals(PREAMBLE)) {
        lines(entry.getValue());
      } else if (!(entry.getValue() instanceof String)) {
        throw new SymphonyException(key + " must be a text, not " + entry.getValue());
      }
    }
  }

  private static List<String> lines(Object value) {
    List<String> lines = new ArrayList<>();
    for (Object line : value instanceof List<?> many ? many : List.of(value)) {
      if (!(line instanceof String text)) {
        throw new SymphonyException(PREAMBLE + " must be lines of text, not " + line);
      }
      lines.add(text);
    }
    return lines;
  }

  private static @Nullable Object take(BaseSpec spec, String key) {
    Map<String, Object> section = of(spec);
    Object taken = section.remove(key);
    if (section.isEmpty()) {
      spec.getSections().remove(TmuxCluster.BACKEND);
    } else {
      spec.getSections().put(TmuxCluster.BACKEND, section);
    }
    return taken;
  }
}
