package dev.symphony.engine;

import org.jspecify.annotations.Nullable;

/**
 * Names one process of an experiment, exactly.
 *
 * @param group the process group, null for a process of its own
 * @param name the process's name within the group or experiment
 */
public record ProcessName(@Nullable String group, String name) implements Comparable<ProcessName> {

  /** Reads {@code process} or {@code group/process}. */
  public static ProcessName parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return new ProcessName(null, text);
    }
    if (slash == 0 || slash == text.length() - 1 || text.indexOf('/', slash + 1) >= 0) {
      throw new UsageException("process '" + text + "': write 'process' or 'group/process'");
    }
    return new ProcessName(text.substring(0, slash), text.substring(slash + 1));
  }

  /**
   * Sorts by group, processes of their own first, then by name; {@code agent-2} comes before {@code
   * agent-10}.
   */
  @Override
  public int compareTo(ProcessName other) {
    int byGroup =
        NaturalOrder.ORDER.compare(
            group == null ? "" : group, other.group == null ? "" : other.group);
    return byGroup != 0 ? byGroup : NaturalOrder.ORDER.compare(name, other.name);
  }

  // By hand: a record's own equals and hashCode are linked on first use, which takes a cold JVM
  // about 20 ms, and every command that names a process compares names.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProcessName that
        && name.equals(that.name)
        && (group == null ? that.group == null : group.equals(that.group));
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + (group == null ? 0 : group.hashCode());
  }

  /** {@code process} or {@code group/process}. */
  @Override
  public String toString() {
    return group == null ? name : group + "/" + name;
  }
}
