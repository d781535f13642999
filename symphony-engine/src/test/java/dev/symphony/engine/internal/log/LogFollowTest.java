package dev.symphony.engine.internal.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.LogOptions;
import dev.symphony.engine.internal.log.Experiment.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that grow while they are read. */
class LogFollowTest {
  private static final LogOptions FOLLOW = LogOptions.all().withFollow(true);

  @TempDir Path folder;
  private Experiment experiment;
  private final AtomicBoolean ended = new AtomicBoolean();
  private long millis = 1_700_000_000_000L;
  private final InstantSource clock = () -> Instant.ofEpochMilli(millis);

  @BeforeEach
  void begin() throws IOException {
    experiment = new Experiment(folder);
  }

  @AfterEach
  void end() {
    experiment.close();
  }

  @Test
  void losesNoByteOfAFastWriter() throws IOException {
    Process process =
        experiment.shell("head -c 60000000 /dev/urandom; seq 1 1000000; printf 'no newline'");
    Received received = new Received();
    try (HostLogStream stream = experiment.open(FOLLOW, () -> !process.isAlive())) {
      received.drain(stream);
    }
    assertArrayEquals(Files.readAllBytes(experiment.log(0)), received.bytes());
    assertTrue(received.text().endsWith("\n1000000\nno newline"));
  }

  @Test
  void losesNoByteOfAProcessThatPrintsAndExits() throws IOException {
    for (int i = 0; i < 20; i++) {
      Files.deleteIfExists(experiment.log(0));
      Process process = experiment.shell("seq 1 2000");
      Received received = new Received();
      try (HostLogStream stream = experiment.open(FOLLOW, () -> !process.isAlive())) {
        received.drain(stream);
      }
      assertEquals(Files.readString(experiment.log(0)), received.text());
      assertTrue(received.text().endsWith("\n2000\n"));
    }
  }

  @Test
  void passesLinesAsTheyComeAndWaitsForMore() throws IOException {
    experiment.append(0, "old\n");
    Received received = new Received();
    try (HostLogStream stream = experiment.open(FOLLOW, ended::get)) {
      assertEquals(4, received.poll(stream));
      assertEquals(0, received.poll(stream));
      experiment.shell("echo new").onExit().join();
      assertEquals(4, received.poll(stream));
      assertEquals(0, received.poll(stream));
      experiment.append(0, "last");
      ended.set(true);
      received.drain(stream);
    }
    assertEquals("old\nnew\nlast", received.text());
  }

  @Test
  void beginsWithTheTail() throws IOException {
    experiment.append(0, "1\n2\n3\n");
    Received received = new Received();
    try (HostLogStream stream = experiment.open(FOLLOW.withTail(1), ended::get)) {
      received.await(stream, "3\n");
      experiment.append(0, "4\n");
      received.await(stream, "3\n4\n");
    }
  }

  @Test
  void holdsATornLineForASecondOnly() throws IOException {
    experiment.append(0, "torn");
    Received received = new Received();
    try (HostLogStream stream = open(FOLLOW, false)) {
      assertEquals(0, received.poll(stream));
      millis += 900;
      assertEquals(0, received.poll(stream));
      experiment.append(0, " line");
      millis += 101;
      assertEquals(0, received.poll(stream) - 9);
      experiment.append(0, " mended\nnext\n");
      received.await(stream, "torn line mended\nnext\n");
      experiment.append(0, "quick");
      assertEquals(0, received.poll(stream));
      experiment.append(0, " enough\n");
      received.await(stream, "torn line mended\nnext\nquick enough\n");
    }
    assertEquals("torn line", received.pieces.get(0).text());
    assertEquals("quick enough\n", received.pieces.get(2).text());
  }

  @Test
  void neverTearsALineThatHasATime() throws IOException {
    experiment.append(0, "");
    Received received = new Received();
    try (HostLogStream stream = open(FOLLOW.withTimestamps(true), false)) {
      assertEquals(0, received.poll(stream));
      experiment.append(0, "torn");
      assertEquals(0, received.poll(stream));
      millis += 5000;
      assertEquals(0, received.poll(stream));
      experiment.append(0, " line\nrest");
      assertEquals(10, received.poll(stream));
      assertEquals(millis, received.pieces.get(0).epochMillis());
      ended.set(true);
      received.drain(stream);
    }
    assertEquals("torn line\nrest", received.text());
  }

  @Test
  void showsTheProgressOfATerminalASecondLate() throws IOException {
    experiment.append(0, "\r 10%");
    Received received = new Received();
    try (HostLogStream stream = open(FOLLOW, true)) {
      assertEquals(0, received.poll(stream));
      millis += 1000;
      received.await(stream, " 10%");
      experiment.append(0, "\r 20%\r 30%");
      assertEquals(0, received.poll(stream));
      millis += 1000;
      received.await(stream, " 10%\n 30%");
      experiment.append(0, "\r100%\r\n\033[6n");
      received.await(stream, " 10%\n 30%\n100%\n");
      millis += 1000;
      assertEquals(0, received.poll(stream));
    }
  }

  @Test
  void waitsForWhatATerminalStillDelivers() throws IOException {
    Received received = new Received();
    try (HostLogStream stream = open(FOLLOW, true)) {
      ended.set(true);
      assertEquals(0, received.poll(stream));
      experiment.append(0, "late\r\n");
      received.await(stream, "late\n");
      assertEquals(0, received.poll(stream));
      millis += 500;
      assertEquals(-1, received.poll(stream));
    }
  }

  @Test
  void endsThoughAStrangerKeepsWriting() throws IOException {
    Process stranger = experiment.shell("ulimit -f 2000000; exec yes");
    Experiment.await("output", () -> Files.size(experiment.log(0)) > 0);
    ended.set(true);
    InstantSource fast = () -> Instant.ofEpochMilli(millis += 300);
    try (HostLogStream stream =
        HostLogStream.open(experiment.hostLog(0, false), FOLLOW.withTail(0), ended::get, fast)) {
      Experiment.await("the end", () -> stream.poll((buffer, offset, length, time) -> {}) < 0);
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void waitsForALogThatDoesNotExistYet() throws IOException {
    Received received = new Received();
    try (HostLogStream stream = experiment.open(FOLLOW, ended::get)) {
      assertEquals(0, received.poll(stream));
      experiment.append(0, "there\n");
      received.await(stream, "there\n");
      ended.set(true);
      assertEquals(-1, received.poll(stream));
    }
    Files.delete(experiment.log(0));
    try (HostLogStream stream = experiment.open(FOLLOW, ended::get)) {
      assertEquals(-1, received.poll(stream));
    }
  }

  @Test
  void goesOnWithALogThatWasCutShort() throws IOException {
    experiment.append(0, "one\ntwo\nthree");
    Received received = new Received();
    try (HostLogStream stream = experiment.open(FOLLOW, ended::get)) {
      received.await(stream, "one\ntwo\n");
      Files.writeString(experiment.log(0), "anew\n");
      received.await(stream, "one\ntwo\nthree\nanew\n");
      assertEquals(
          "the log was cut short while it was read: going on from its new beginning",
          stream.notes().get(0));
      Path other = experiment.file(0, ".other");
      Files.writeString(other, "another file\n");
      Files.move(other, experiment.log(0), StandardCopyOption.REPLACE_EXISTING);
      received.await(stream, "one\ntwo\nthree\nanew\nanother file\n");
      assertEquals(2, stream.notes().size());
      Files.delete(experiment.log(0));
      assertEquals(0, received.poll(stream));
      ended.set(true);
      assertEquals(-1, received.poll(stream));
    }
  }

  private HostLogStream open(LogOptions options, boolean terminal) throws IOException {
    return HostLogStream.open(experiment.hostLog(0, terminal), options, ended::get, clock);
  }
}
