package dev.symphony.engine.internal.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.LogOptions;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.log.Experiment.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole logs, their ends and their attempts. */
class HostLogStreamTest {
  private static final LogOptions ALL = LogOptions.all();

  @TempDir Path folder;
  private Experiment experiment;

  @BeforeEach
  void begin() throws IOException {
    experiment = new Experiment(folder);
  }

  @AfterEach
  void end() {
    experiment.close();
  }

  @Test
  void readsALogFromTheFirstByteToTheLast() throws IOException {
    Random random = new Random(3);
    for (int size : new int[] {0, 1, 16 * 1024, 16 * 1024 + 1, 3_000_000}) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      Files.write(experiment.log(0), bytes);
      Received received = new Received();
      try (HostLogStream stream = experiment.open(ALL, () -> true)) {
        received.drain(stream);
        assertEquals(-1, received.poll(stream));
      }
      assertArrayEquals(bytes, received.bytes());
    }
  }

  @Test
  void passesWholeLinesInLargePieces() throws IOException {
    Process process = experiment.shell("seq 1 200000");
    process.onExit().join();
    Received received = new Received();
    try (HostLogStream stream = experiment.open(ALL, () -> true)) {
      received.drain(stream);
    }
    assertEquals(Files.readString(experiment.log(0)), received.text());
    assertTrue(received.pieces.size() < 10, "calls: " + received.pieces.size());
    received.pieces.forEach(piece -> assertTrue(piece.text().endsWith("\n")));
  }

  @Test
  void passesALineLongerThanTheBufferInPieces() throws IOException {
    String line = "x".repeat(1_500_000);
    Files.writeString(experiment.log(0), "short\n" + line + "\nend");
    assertEquals("short\n" + line + "\nend", experiment.read(ALL));
  }

  @Test
  void endsWhereTheLogEndedWhenItWasOpened() throws IOException {
    experiment.append(0, "one\ntwo");
    Received received = new Received();
    try (HostLogStream stream = experiment.open(ALL, () -> true)) {
      experiment.append(0, " and more\n");
      received.drain(stream);
    }
    assertEquals("one\ntwo", received.text());
  }

  @Test
  void aLogThatIsNotThereIsEmpty() throws IOException {
    assertEquals("", experiment.read(ALL));
    assertEquals("", experiment.read(ALL.withTail(5).withTimestamps(true)));
  }

  @Test
  void tailTakesTheLastLines() throws IOException {
    Files.writeString(experiment.log(0), "1\n2\n\n4\n5");
    String[] expected = {"", "5", "4\n5", "\n4\n5", "2\n\n4\n5", "1\n2\n\n4\n5", "1\n2\n\n4\n5"};
    for (int lines = 0; lines < expected.length; lines++) {
      assertEquals(expected[lines], experiment.read(ALL.withTail(lines)));
    }
    assertEquals("1\n2\n\n4\n5", experiment.read(ALL.withTail(Integer.MAX_VALUE)));
    assertEquals("1\n2\n\n4\n5", experiment.read(ALL.withTail(-1)));
    experiment.append(0, "\n");
    assertEquals("4\n5\n", experiment.read(ALL.withTail(2)));
    assertEquals("", experiment.read(ALL.withTail(0)));
  }

  @Test
  void tailFindsLinesFarBack() throws IOException {
    StringBuilder text = new StringBuilder("first\n");
    String line = "y".repeat(64 * 1024 - 1);
    for (int i = 0; i < 20; i++) {
      text.append(line).append('\n');
    }
    Files.writeString(experiment.log(0), text + "last\n");
    assertEquals("last\n", experiment.read(ALL.withTail(1)));
    assertEquals(line + "\nlast\n", experiment.read(ALL.withTail(2)));
    assertEquals(text + "last\n", experiment.read(ALL.withTail(22)));
    assertEquals(text.substring(6) + "last\n", experiment.read(ALL.withTail(21)));
  }

  @Test
  void previousIsTheLastButOneAttempt() throws IOException {
    experiment.append(0, "one\ntwo two\nthree\n");
    attempts("1 0 500 1000\n2 4 600 1001\n3 12 700 1002\n");
    assertEquals("two two\n", experiment.read(ALL.withPrevious(true)));
    assertEquals("two two\n", experiment.read(ALL.withPrevious(true).withFollow(true)));
    assertEquals("", experiment.read(ALL.withPrevious(true).withTail(0)));
    attempts("1 0 500 1000\n2 4 600 1001\n3 1");
    assertEquals("one\n", experiment.read(ALL.withPrevious(true)));
  }

  @Test
  void previousNeedsASecondAttempt() throws IOException {
    experiment.append(0, "one\n");
    for (String text : new String[] {"", "1 0 500 1000\n", "1 0 500 1000\n2 4 "}) {
      attempts(text);
      SymphonyException refused =
          assertThrows(SymphonyException.class, () -> experiment.read(ALL.withPrevious(true)));
      assertEquals(
          "agent-0 has had only one attempt: there is no previous log", refused.getMessage());
    }
  }

  @Test
  void previousToleratesWhatAFullDiskLeft() throws IOException {
    experiment.append(0, "one\ntwo\nthree\nfour\n");
    attempts("1 0 500 1000\n2 4 600 10garbage\n4 14 800 1003\n");
    assertNotExact("one\ntwo\nthree\n");
    attempts("1 0 500 1000\n2 4 600 1001\n3 8 700 1002\n");
    experiment.record(0, "R 4 12 13 14 15 800 3 - - - - 0 R4");
    assertNotExact("three\nfour\n");
    attempts("1 0 500 1000\n2 999 600 1001\n");
    experiment.record(0, "R 2 12 13 14 15 600 1 - - - - 0 R2");
    assertEquals("one\ntwo\nthree\nfour\n", experiment.read(ALL.withPrevious(true)));
  }

  private void assertNotExact(String expected) throws IOException {
    Received received = new Received();
    try (HostLogStream stream = experiment.open(ALL.withPrevious(true), () -> true)) {
      assertTrue(stream.notes().get(0).contains("not known exactly"), stream.notes().toString());
      received.drain(stream);
    }
    assertEquals(expected, received.text());
  }

  @Test
  void terminalLogsReadAsWhatRemained() throws IOException {
    String bytes = "\033[1mone\033[0m\r\n 5%\r95%\r\nthree\r\n\033[6n";
    experiment.append(0, bytes);
    assertEquals("one\n95%\nthree\n", experiment.read(ALL, true));
    assertEquals("three\n", experiment.read(ALL.withTail(1), true));
    assertEquals("95%\nthree\n", experiment.read(ALL.withTail(2), true));
    assertEquals("one\n95%\nthree\n", experiment.read(ALL.withTail(9), true));
    assertEquals("", experiment.read(ALL.withTail(0), true));
    LogOptions raw = ALL.withRaw(true);
    assertEquals(bytes.replace("\033[6n", ""), experiment.read(raw, true));
    assertEquals("three\r\n", experiment.read(raw.withTail(1), true));
    assertEquals(bytes, experiment.read(ALL, false));
    experiment.append(0, "again\r\n\033[6n");
    assertEquals("three\nagain\n", experiment.read(ALL.withTail(2), true));
  }

  @Test
  void terminalLogsAreCutAnywhere() throws IOException {
    StringBuilder bytes = new StringBuilder();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      bytes.append("\033[3").append(i % 8).append("mläuft ").append(i).append("\033[0m\r\n");
      lines.append("läuft ").append(i).append('\n');
    }
    Files.writeString(experiment.log(0), bytes);
    assertEquals(lines.toString(), experiment.read(ALL, true));
  }

  @Test
  void closesTwiceAndReadsNothingAfter() throws IOException {
    experiment.append(0, "one\n");
    Received received = new Received();
    HostLogStream stream = experiment.open(ALL, () -> true);
    stream.close();
    stream.close();
    assertEquals(-1, received.poll(stream));
    assertFalse(received.text().contains("one"));
  }

  private void attempts(String text) throws IOException {
    Files.writeString(experiment.file(0, ".attempts"), text);
  }
}
