package dev.symphony.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a typed name may mean.
 *
 * <p>Experiments: the name with the username in front, exactly; the name exactly; then what starts
 * with the one, starts with the other, ends with it, contains it, each in natural order. Processes
 * likewise by their own names; {@code group/process} is exact, and so is the name of a process in
 * no group, whatever those in groups are called.
 *
 * @param candidates the best first; empty where nothing fits
 * @param exact whether the candidates are exactly what was typed
 */
public record Match<T>(List<T> candidates, boolean exact) {
  /** Copies the list. */
  public Match {
    candidates = List.copyOf(candidates);
  }

  static Match<String> experiments(List<String> all, String name, String prefixed) {
    if (all.contains(prefixed)) {
      return new Match<>(List.of(prefixed), true);
    }
    if (all.contains(name)) {
      return new Match<>(List.of(name), true);
    }
    List<String> sorted = new ArrayList<>(all);
    sorted.sort(NaturalOrder.ORDER);
    Set<String> found = new LinkedHashSet<>();
    for (int step = 0; step < 4; step++) {
      for (String candidate : sorted) {
        boolean fits =
            switch (step) {
              case 0 -> candidate.startsWith(prefixed);
              case 1 -> candidate.startsWith(name);
              case 2 -> candidate.endsWith(name);
              default -> candidate.contains(name);
            };
        if (fits) {
          found.add(candidate);
        }
      }
    }
    return new Match<>(List.copyOf(found), false);
  }

  static Match<ProcessName> processes(List<ProcessName> all, String name) {
    if (name.indexOf('/') >= 0) {
      ProcessName wanted = ProcessName.parse(name);
      return new Match<>(all.contains(wanted) ? List.of(wanted) : List.of(), true);
    }
    ProcessName whole = new ProcessName(null, name);
    if (all.contains(whole)) {
      return new Match<>(List.of(whole), true);
    }
    List<ProcessName> exact = new ArrayList<>();
    for (ProcessName candidate : all) {
      if (candidate.name().equals(name)) {
        exact.add(candidate);
      }
    }
    if (!exact.isEmpty()) {
      return new Match<>(exact, true);
    }
    List<ProcessName> sorted = new ArrayList<>(all);
    Collections.sort(sorted, Match::byOwnName);
    Set<ProcessName> found = new LinkedHashSet<>();
    for (int step = 0; step < 3; step++) {
      for (ProcessName candidate : sorted) {
        String own = candidate.name();
        boolean fits =
            switch (step) {
              case 0 -> own.startsWith(name);
              case 1 -> own.endsWith(name);
              default -> own.contains(name);
            };
        if (fits) {
          found.add(candidate);
        }
      }
    }
    return new Match<>(List.copyOf(found), false);
  }

  private static int byOwnName(ProcessName a, ProcessName b) {
    int byName = NaturalOrder.ORDER.compare(a.name(), b.name());
    return byName != 0 ? byName : a.compareTo(b);
  }
}
