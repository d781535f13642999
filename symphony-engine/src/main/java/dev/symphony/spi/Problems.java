package dev.symphony.spi;

import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.data.FileProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a declaration, so that the user reads it all at once. */
public final class Problems {
  private final List<String> lines = new ArrayList<>();

  /** What went wrong with a file, without its name, in a few words: {@code permission denied}. */
  public static String reason(IOException problem) {
    return FileProblem.reason(problem);
  }

  /** Adds a problem, one line. */
  public void add(String line) {
    lines.add(line);
  }

  /** Adds what a check threw. */
  public void add(SymphonyException problem) {
    lines.add(String.valueOf(problem.getMessage()));
  }

  /** The problems so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /**
   * Ends the compilation of an experiment where there is a problem.
   *
   * @throws SymphonyException with a line for each
   */
  public void throwIfAny(String experiment) {
    if (lines.isEmpty()) {
      return;
    }
    if (lines.size() == 1) {
      throw new SymphonyException("experiment " + experiment + ": " + lines.get(0));
    }
    StringBuilder text = new StringBuilder();
    text.append("experiment ").append(experiment).append(" has ");
    text.append(lines.size()).append(" problems:");
    for (String line : lines) {
      text.append("\n  ").append(line);
    }
    throw new SymphonyException(text.toString());
  }
}
