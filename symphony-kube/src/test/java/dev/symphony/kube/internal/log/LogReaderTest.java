package dev.symphony.kube.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogReaderTest {
  private final LogQueue queue = new LogQueue();

  @Test
  void timesAreTakenOff() throws Exception {
    LogReader reader = new LogReader(queue, false);
    reader.timed(text("2026-01-01T00:00:01.5Z one\n2026-01-01T00:00:02Z \n2026-01-01T00:00:03Z x"));
    assertEquals("one\n\nx", taken());
  }

  @Test
  void timesArePassedOnWhereWanted() throws Exception {
    LogReader reader = new LogReader(queue, true);
    reader.timed(
        text("1970-01-01T00:00:01.5Z a\n1970-01-01T00:00:01.5Z b\n1970-01-01T00:00:02Z c\n"));
    queue.end(null);
    List<String> parts = new ArrayList<>();
    while (queue.take((b, o, n, t) -> parts.add(t + new String(b, o, n, UTF)), 0, 1 << 20) > 0) {}
    assertEquals(List.of("1500a\nb\n", "2000c\n"), parts);
  }

  @Test
  void linesThatComeTwiceAreLeftOut() throws Exception {
    LogReader reader = new LogReader(queue, false);
    reader.timed(text("2026-01-01T00:00:01Z a\n2026-01-01T00:00:02Z b\n2026-01-01T00:00:02Z b\n"));
    reader.timed(
        text(
            "2026-01-01T00:00:01Z a\n2026-01-01T00:00:02Z b\n2026-01-01T00:00:02Z b\n"
                + "2026-01-01T00:00:02Z b\n2026-01-01T00:00:03Z c\n"));
    reader.timed(text("2026-01-01T00:00:02Z b\n2026-01-01T00:00:03Z c\n"));
    assertEquals("a\nb\nb\nb\nc\n", taken());
  }

  @Test
  void whatCameBeforeAFailureCounts() throws Exception {
    LogReader reader = new LogReader(queue, false);
    InputStream broken =
        new InputStream() {
          private final InputStream first =
              text("2026-01-01T00:00:01Z a\n2026-01-01T00:00:02Z hal");

          @Override
          public int read() throws IOException {
            throw new IOException("not used");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = first.read(bytes, offset, length);
            if (read < 0) {
              throw new IOException("broken");
            }
            return read;
          }
        };
    try {
      reader.timed(broken);
    } catch (IOException e) {
      assertEquals("broken", e.getMessage());
    }
    reader.timed(text("2026-01-01T00:00:01Z a\n2026-01-01T00:00:02Z half\n"));
    assertEquals("a\nhalf\n", taken());
  }

  @Test
  void whatANodeSaysInThePlaceOfALogIsNone() throws Exception {
    LogReader reader = new LogReader(queue, false);
    String gone = "unable to retrieve container logs for containerd://0123";
    assertEquals(false, reader.plain(text(gone)));
    assertEquals(false, reader.timed(text(gone)));
    assertEquals(true, reader.plain(text(gone + "\n")), "a line that a program printed");
    assertEquals(gone + "\n", taken());
  }

  @Test
  void longLinesStayWhole() throws Exception {
    String line = "x".repeat(300_000) + "\n";
    LogReader reader = new LogReader(queue, false);
    reader.timed(text("2026-01-01T00:00:01Z " + line + "2026-01-01T00:00:02Z " + line));
    reader.plain(text(line + "end"));
    assertEquals(line + line + line + "end", taken());
  }

  private static final java.nio.charset.Charset UTF = StandardCharsets.UTF_8;

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF));
  }

  private String taken() throws IOException {
    queue.end(null);
    StringBuilder all = new StringBuilder();
    while (queue.take((b, o, n, t) -> all.append(new String(b, o, n, UTF)), 0, 1 << 20) > 0) {}
    return all.toString();
  }
}
