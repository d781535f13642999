package dev.symphony.kube.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodReaderTest {
  private static final int MANY = 2000;

  @Test
  void readsThousandsAsAStream() throws IOException {
    List<Pod> pods = new PodReader().read(new ManyPods());
    List<ProcessStatus> all = new Pods(pods).all();
    assertNotNull(all);
    assertEquals(MANY, all.size());
    assertEquals("agent-1999", all.get(1999).name().toString());
    for (ProcessStatus status : all) {
      assertEquals(State.RUNNING, status.state());
    }
  }

  @Test
  void answerThatBreaksOffIsAnIoFailureThatCanBeTriedAgain() {
    byte[] whole = Recorded.json();
    for (int length : new int[] {1, 100, whole.length / 2, whole.length - 10}) {
      InputStream part = new ByteArrayInputStream(Arrays.copyOf(whole, length));
      assertThrows(IOException.class, () -> new PodReader().read(part));
    }
  }

  @Test
  void failureOfTheStreamComesThroughAsItIs() {
    IOException lost = new IOException("connection reset");
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw lost;
          }
        };
    assertEquals(lost, assertThrows(IOException.class, () -> new PodReader().read(failing)));
  }

  @Test
  void fieldsOfAnotherShapeAreLeftOut() throws IOException {
    String odd =
        """
        {"metadata":null,"items":[{"metadata":{"name":"a","labels":null,"annotations":[]},
        "spec":{"containers":null},"status":{"conditions":null,"phase":7,"containerStatuses":{}}}]}
        """;
    List<Pod> pods =
        new PodReader().read(new ByteArrayInputStream(odd.getBytes(StandardCharsets.UTF_8)));
    assertEquals(1, pods.size());
    assertEquals("a", pods.get(0).name);
    String none = "{\"items\":null}";
    assertTrue(
        new PodReader()
            .read(new ByteArrayInputStream(none.getBytes(StandardCharsets.UTF_8)))
            .isEmpty());
  }

  /** A list that is never whole in memory, each pod about as long as a real one. */
  private static final class ManyPods extends InputStream {
    private final InputStream all =
        new SequenceInputStream(
            new Enumeration<>() {
              private int next = -1;

              @Override
              public boolean hasMoreElements() {
                return next <= MANY;
              }

              @Override
              public InputStream nextElement() {
                return new ByteArrayInputStream(part(next++).getBytes(StandardCharsets.UTF_8));
              }
            });

    private static String part(int i) {
      if (i < 0 || i == MANY) {
        return i < 0 ? "{\"kind\":\"PodList\",\"items\":[" : "]}";
      }
      String name = "agent-" + i;
      return (i == 0 ? "" : ",")
          + """
          {"metadata":{"name":"NAME","uid":"u","labels":{"symphony.dev/process":"NAME",
          "symphony.dev/attempt":"1"},"annotations":{"symphony.dev/place":"PLACE"},
          "managedFields":[{"fieldsV1":{"f:spec":{"f:containers":{"x":{"a":["FILL",{}]}}}}}]},
          "spec":{"containers":[{"name":"NAME","env":[{"name":"A","value":"FILL"}]}],
          "restartPolicy":"Never","nodeName":"n"},
          "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],
          "containerStatuses":[{"name":"NAME","ready":true,"restartCount":0,
          "state":{"running":{"startedAt":"2026-11-27T09:09:20Z"}},"lastState":{}}]}}
          """
              .replace("NAME", name)
              .replace("PLACE", i + "/" + MANY)
              .replace("FILL", "x".repeat(1500));
    }

    @Override
    public int read() throws IOException {
      return all.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return all.read(bytes, offset, length);
    }
  }
}
