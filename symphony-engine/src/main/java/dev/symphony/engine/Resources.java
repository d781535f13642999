package dev.symphony.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a process asks of a backend that shares out machines; local and tmux ignore it.
 *
 * @param cpu processors as Kubernetes writes them, such as {@code 500m} or {@code 2}; null for no
 *     wish
 * @param memory bytes as Kubernetes writes them, such as {@code 512Mi}; null for no wish
 * @param gpus number of accelerators
 */
public record Resources(@Nullable String cpu, @Nullable String memory, int gpus) {
  /** Refuses a negative number of accelerators. */
  public Resources {
    if (gpus < 0) {
      throw new SymphonyException("resources: gpus must not be negative, found " + gpus);
    }
  }

  /** Processors and memory. */
  public static Resources of(String cpu, String memory) {
    return new Resources(cpu, memory, 0);
  }

  /** The same with accelerators. */
  public Resources withGpus(int count) {
    return new Resources(cpu, memory, count);
  }
}
