package dev.symphony.kube.internal.life;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was said of many objects, those of which the same was said together; for many threads. */
final class Findings {
  private static final int MOST_LINES = 20;
  private static final int MOST_SUBJECTS = 3;

  private record Finding(String subject, String text) {}

  private final Map<Integer, Finding> findings = new TreeMap<>();

  /** Adds one; the lines are in the order of places. */
  synchronized void add(int place, String subject, String text) {
    findings.put(place, new Finding(subject, text));
  }

  /** {@code process agent-0, process agent-1: what was said}; empty for nothing. */
  synchronized List<String> lines() {
    Map<String, List<String>> subjects = new LinkedHashMap<>();
    for (Finding finding : findings.values()) {
      subjects.computeIfAbsent(finding.text, text -> new ArrayList<>()).add(finding.subject);
    }
    List<String> lines = new ArrayList<>();
    subjects.forEach((text, names) -> lines.add(shortened(names, MOST_SUBJECTS) + ": " + text));
    int more = lines.size() - MOST_LINES;
    if (more > 0) {
      lines.subList(MOST_LINES, lines.size()).clear();
      lines.add("and " + more + " more");
    }
    return lines;
  }

  /** The first of some names, and how many more there are. */
  static String shortened(List<String> names, int most) {
    int more = names.size() - most;
    return more <= 0
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, most)) + " and " + more + " more";
  }
}
