package dev.symphony.kube.internal.log;

import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.state.Attempt;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a node has thrown the beginning of a container's log away.
 *
 * <p>The API serves the newest of a container's log files only, and says nowhere that there were
 * others. Where the first line that it has is later than the container's start, the node is asked
 * how much room the container's logs take: after a rotation never less than the usual limit of one
 * file, since the last file before the newest stays as it was. It counts all runs of a container
 * together. So of one that was restarted, and for who may not ask the node, it is guessed: from
 * much time before the first line, or from as much to read as a node keeps in one file.
 */
final class Rotation {
  private static final long LIMIT = 10 << 20;
  private static final long COUNTED = 64 << 20;

  /** What a node writes beside each line: time, stream, a mark. */
  private static final long PER_LINE = 45;

  /** So late a first line may mean that the node has rotated, which it looks for as often. */
  private static final long UNSURE_SECONDS = 10;

  private static final long SECOND = 1_000_000_000;

  private final KubeApi api;
  private final String namespace;
  private final Attempt attempt;
  private final boolean previous;

  Rotation(KubeApi api, String namespace, Attempt attempt, boolean previous) {
    this.api = api;
    this.namespace = namespace;
    this.attempt = attempt;
    this.previous = previous;
  }

  /** A line for the reader; null where the log is whole as far as can be told. */
  @Nullable String told() {
    Instant start = previous ? attempt.previousStartedAt() : attempt.startedAt();
    if (start == null) {
      return null;
    }
    try {
      long first = firstLine();
      if (first == LogTime.NONE) {
        return null;
      }
      long second = Math.floorDiv(first, SECOND);
      long late = second - start.getEpochSecond();
      if (late < 1) {
        return null;
      }
      String begin =
          "its log begins at "
              + Instant.ofEpochSecond(second)
              + ", "
              + late
              + " s after its start: ";
      long kept = kept();
      if (kept >= 0 && kept <= LIMIT) {
        return null;
      }
      if (kept < 0 || attempt.restarts() > 0) {
        String guess = guess(late);
        return guess == null ? null : begin + guess;
      }
      boolean rotated = kept > COUNTED || kept > served(kept) + LIMIT / 10;
      return rotated ? begin + "what it printed before has been rotated away on the node" : null;
    } catch (ApiException | IOException e) {
      return null; // Reading the log itself will say it.
    }
  }

  private @Nullable String guess(long late) throws IOException {
    if (late >= UNSURE_SECONDS) {
      return "what it printed before, if anything, is gone on the node";
    }
    return served(LIMIT) < LIMIT
        ? null
        : "what it printed before may have been rotated away on the node";
  }

  private LogRequest whole(boolean timed) {
    return new LogRequest(attempt, previous, false, timed, -1, null);
  }

  private long firstLine() throws IOException {
    String path = whole(true).path(namespace) + "&limitBytes=64";
    try (KubeApi.Stream stream = api.stream(path)) {
      byte[] line = stream.body().readNBytes(64);
      int end = 0;
      while (end < line.length && line[end] != ' ') {
        end++;
      }
      return LogTime.parse(line, 0, end);
    }
  }

  /** How much room the lines that are served take on the node; not counted far beyond a limit. */
  private long served(long most) throws IOException {
    try (KubeApi.Stream stream = api.stream(whole(false).path(namespace))) {
      byte[] buffer = new byte[64 * 1024];
      long size = 0;
      int read = 0;
      while (size < most && (read = stream.body().read(buffer)) >= 0) {
        size += read;
        for (int i = 0; i < read; i++) {
          size += buffer[i] == '\n' ? PER_LINE : 0;
        }
      }
      return size;
    }
  }

  /** How many bytes the node keeps of the container's logs; -1 where it may not be asked. */
  private long kept() {
    try {
      String path = "/api/v1/nodes/" + attempt.node() + "/proxy/stats/summary";
      return logBytes(api.get(path), attempt.uid(), attempt.container());
    } catch (ApiException e) {
      return -1;
    }
  }

  /** The size of a container's logs in what a node says of itself; -1 where it is not there. */
  static long logBytes(Map<String, Object> summary, String uid, String container) {
    for (Object pod : Tree.list(summary, "pods")) {
      if (uid.equals(Tree.text(pod, "podRef", "uid"))) {
        for (Object each : Tree.list(pod, "containers")) {
          if (container.equals(Tree.text(each, "name"))) {
            return Tree.number(each, -1, "logs", "usedBytes");
          }
        }
      }
    }
    return -1;
  }
}
