package dev.symphony.kube.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.symphony.engine.LogOptions;
import dev.symphony.engine.ProcessName;
import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.state.Attempt;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import dev.symphony.kube.internal.state.Places;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RotationTest {
  private static final int MEGABYTE = 1 << 20;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final ProcessName WRITER = new ProcessName(null, "writer");

  private final List<String> streams = new ArrayList<>();
  private String pods = "";
  private final KubeApi api =
      (KubeApi)
          Proxy.newProxyInstance(
              KubeApi.class.getClassLoader(),
              new Class<?>[] {KubeApi.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "stream" -> stream((String) arguments[0]);
                    case "get" -> summary();
                    case "read" -> ((KubeApi.Reader<?>) arguments[1]).read(text(pods));
                    default -> throw new AssertionError(method);
                  });
  private int firstSecond;
  private int served;
  private int kept = -1;

  private KubeApi.Stream stream(String path) {
    streams.add(path);
    InputStream body =
        path.contains("limitBytes")
            ? text("2026-01-01T00:00:%02d.5Z line\n".formatted(firstSecond))
            : new ByteArrayInputStream(new byte[served]);
    return new KubeApi.Stream() {
      @Override
      public InputStream body() {
        return body;
      }

      @Override
      public boolean ready() {
        return true;
      }

      @Override
      public void close() {}
    };
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, Object> summary() {
    if (kept < 0) {
      throw new ApiException("you may not get nodes/proxy", 403, Map.of());
    }
    Object container = Tree.of("name", "writer", "logs", Tree.of("usedBytes", kept));
    return Tree.of(
        "pods", List.of(Tree.of("podRef", Tree.of("uid", "u1"), "containers", List.of(container))));
  }

  private String told(int restarts) {
    Attempt attempt =
        new Attempt(
            WRITER, "writer", "u1", "writer", 1, "n", "Running", restarts, true, true, false, START,
            null);
    return new Rotation(api, "rl", attempt, false).told();
  }

  private static String begin(int late) {
    return "its log begins at 2026-01-01T00:00:%02dZ, %d s after its start: ".formatted(late, late);
  }

  @Test
  void aLogThatBeginsWithItsProcessIsWhole() {
    served = 20 * MEGABYTE;
    assertNull(told(0));
    assertEquals(1, streams.size());
  }

  @Test
  void whatTheNodeKeepsBesideIsRotated() {
    firstSecond = 2;
    served = MEGABYTE;
    kept = 12 * MEGABYTE;
    assertEquals(begin(2) + "what it printed before has been rotated away on the node", told(0));
    kept = 10 * MEGABYTE;
    assertNull(told(0));
  }

  @Test
  void whoMayNotAskTheNodeIsToldOfAFullFile() {
    firstSecond = 5;
    served = 10 * MEGABYTE;
    assertEquals(
        begin(5) + "what it printed before may have been rotated away on the node", told(0));
    served = 9 * MEGABYTE;
    assertNull(told(0));
  }

  @Test
  void whoMayNotAskTheNodeIsToldOfMuchTime() {
    firstSecond = 12;
    assertEquals(begin(12) + "what it printed before, if anything, is gone on the node", told(0));
  }

  @Test
  void theNodeCountsTheLogsOfAllRunsTogether() {
    firstSecond = 5;
    served = MEGABYTE;
    kept = 12 * MEGABYTE;
    assertNull(told(1), "the other run's may be 11 MB");
    firstSecond = 12;
    assertEquals(begin(12) + "what it printed before, if anything, is gone on the node", told(1));
    kept = 2 * MEGABYTE;
    assertNull(told(1), "nothing has been rotated");
  }

  @Test
  void theRunBeforeTheLastMayBeRotatedToo() throws Exception {
    pods =
        """
        {"items":[{"metadata":{"name":"writer","uid":"u1","labels":{"symphony.dev/process":"writer"}},
        "spec":{"nodeName":"n","containers":[{"name":"writer"}]},"status":{"phase":"Running",
        "containerStatuses":[{"name":"writer","restartCount":1,
        "state":{"running":{"startedAt":"2026-01-01T00:00:20Z"}},
        "lastState":{"terminated":{"exitCode":1,"reason":"Error","containerID":"c",
        "startedAt":"2026-01-01T00:00:00Z","finishedAt":"2026-01-01T00:00:19Z"}}}]}}]}
        """;
    firstSecond = 15;
    served = 10;
    LogQueue queue = new LogQueue();
    Place place = new Place("rl", "rl", false, "u", "l1", START, false, Map.of());
    Observer observer = new Observer(api, new Places(api, null), InstantSource.system());
    LogSource source = new LogSource(api, observer, place, WRITER, queue);
    new LogWorker(source, LogOptions.all(), null, queue).run();
    assertEquals(
        List.of(begin(15) + "what it printed before, if anything, is gone on the node"),
        queue.notes());
  }
}
