package dev.symphony.tmux;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.UsageException;
import dev.symphony.spi.Attribute;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ClusterProvider;
import dev.symphony.spi.Support;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Brings the {@code tmux} backend.
 *
 * <p>Its options are those of {@link TmuxCluster.Builder}: {@code serverName}, {@code socket},
 * {@code startDir}, {@code preambleCmds} (a list or one line) and {@code timeout} (whole seconds).
 */
public final class TmuxProvider implements ClusterProvider {
  /** Called once, by the engine. */
  public TmuxProvider() {}

  @Override
  public String name() {
    return TmuxCluster.BACKEND;
  }

  @Override
  public Cluster create(Map<String, ?> options, ClusterContext context) {
    TmuxCluster.Builder builder = TmuxCluster.builder();
    for (Map.Entry<String, ?> option : options.entrySet()) {
      Object value = option.getValue();
      switch (option.getKey()) {
        case "serverName" -> builder.serverName(text("serverName", value));
        case "socket" -> builder.socket(path(value, context));
        case "startDir" -> builder.startDir(text("startDir", value));
        case "preambleCmds" -> builder.preambleCmds(lines(value));
        case "timeout" -> builder.timeout(seconds(value));
        default ->
            throw new UsageException(
                "backend tmux has no option '"
                    + option.getKey()
                    + "'; it has serverName, socket, startDir, preambleCmds, timeout");
      }
    }
    return builder.build(context);
  }

  @Override
  public boolean hasExperiments(Map<String, ?> options, ClusterContext context) {
    return !create(options, context).listExperiments().isEmpty();
  }

  @Override
  public void rehearse(Path directory, ClusterContext context, Consumer<Supplier<Cluster>> play) {
    TmuxCluster.Builder builder = TmuxCluster.builder().socket(directory.resolve("tmux"));
    // Also where this program is told to end, so that no server is left of which nobody knows.
    Thread end = new Thread(() -> builder.build(context).endServer(), "symphony-tmux-end");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      play.accept(() -> builder.build(context));
    } finally {
      builder.build(context).endServer();
      Runtime.getRuntime().removeShutdownHook(end);
    }
  }

  private static String text(String option, Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw wrong(option, "a text", value);
  }

  private static Path path(Object value, ClusterContext context) {
    if (value instanceof Path path) {
      return path;
    }
    String text = text("socket", value);
    return text.startsWith("~/") ? context.home().resolve(text.substring(2)) : Path.of(text);
  }

  private static List<String> lines(Object value) {
    if (value instanceof List<?> many) {
      List<String> lines = new ArrayList<>();
      for (Object line : many) {
        lines.add(text("preambleCmds", line));
      }
      return lines;
    }
    return List.of(text("preambleCmds", value));
  }

  private static Duration seconds(Object value) {
    if (value instanceof Duration duration) {
      return duration;
    }
    if (value instanceof Number number) {
      return Duration.ofSeconds(number.longValue());
    }
    try {
      return Duration.ofSeconds(Long.parseLong(text("timeout", value)));
    } catch (NumberFormatException e) {
      throw wrong("timeout", "a number of seconds", value);
    }
  }

  private static UsageException wrong(String option, String wanted, Object value) {
    return new UsageException(
        "option " + option + " of backend tmux must be " + wanted + ", not " + value);
  }

  @Override
  public Support support(Attribute attribute) {
    return ClusterProvider.onThisHost(attribute);
  }
}
