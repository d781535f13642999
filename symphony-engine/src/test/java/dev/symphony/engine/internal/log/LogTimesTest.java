package dev.symphony.engine.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.LogOptions;
import dev.symphony.engine.internal.host.HostIdentity;
import dev.symphony.engine.internal.host.Uptime;
import dev.symphony.engine.internal.log.Experiment.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When lines came, told from samples. */
class LogTimesTest {
  private static final LogOptions TIMES = LogOptions.all().withTimestamps(true);

  @TempDir Path folder;
  private Experiment experiment;

  @BeforeEach
  void begin() throws IOException {
    experiment = new Experiment(folder, InstantSource.fixed(Instant.now()));
  }

  @AfterEach
  void end() {
    experiment.close();
  }

  @Test
  void sinceKeepsWhatCameLater() throws IOException {
    experiment.append(0, "a\nbb\nccc\ndddd\n");
    experiment.samplerBegan(301);
    experiment.sample(300, 0, "0=2 1=77");
    experiment.sample(200, 0, "1=999");
    experiment.sample(100, 0, "0=5 10=3");
    experiment.sample(50, 0, "0=9");
    experiment.sample(10, 0, "0=14");
    assertEquals("a\nbb\nccc\ndddd\n", since(310));
    assertEquals("bb\nccc\ndddd\n", since(290));
    assertEquals("bb\nccc\ndddd\n", since(110));
    assertEquals("ccc\ndddd\n", since(90));
    assertEquals("dddd\n", since(30));
    assertEquals("", since(5));
    LogOptions later = LogOptions.all().withSince(Duration.ofSeconds(110));
    assertEquals("ccc\ndddd\n", experiment.read(later.withTail(2)));
    assertEquals("bb\nccc\ndddd\n", experiment.read(later.withTail(4)));
  }

  @Test
  void sinceKeepsALineThatWasFinishedLater() throws IOException {
    experiment.append(0, "one\ntwo\nthree\n");
    experiment.samplerBegan(101);
    experiment.sample(100, 0, "0=6");
    experiment.sample(10, 0, "0=14");
    assertEquals("two\nthree\n", since(50));
  }

  @Test
  void sinceWithinAnAttempt() throws IOException {
    experiment.append(0, "one\ntwo\nthree\n");
    Files.writeString(experiment.file(0, ".attempts"), "1 0 1 1\n2 4 2 2\n3 8 3 3\n");
    experiment.samplerBegan(101);
    experiment.sample(100, 0, "0=2");
    experiment.sample(10, 0, "0=14");
    LogOptions previous = LogOptions.all().withPrevious(true);
    assertEquals("two\n", experiment.read(previous.withSince(Duration.ofSeconds(50))));
    assertEquals("", experiment.read(previous.withSince(Duration.ofSeconds(5))));
  }

  @Test
  void aStepOfTheClockBreaksNoOrder() throws IOException {
    experiment.append(0, "a\nb\nc\nd\n");
    experiment.samplerBegan(101);
    experiment.sample(100, 0, "0=2");
    experiment.sample(96, 7200, "0=4");
    experiment.sample(50, -7200, "0=6");
    experiment.sample(20, 0, "0=8");
    assertEquals("b\nc\nd\n", since(98));
    assertEquals("c\nd\n", since(70));
    assertEquals("d\n", since(30));
    long now = experiment.clock.millis();
    Received received = received(TIMES);
    assertAges(List.of(-100L, 7104L, -7250L, -20L), received, now);
  }

  @Test
  void passesLinesOfOneTimeTogether() throws IOException {
    experiment.append(0, "a\nbb\nccc\ndddd\nend");
    experiment.samplerBegan(31);
    experiment.sample(30, 0, "0=6");
    experiment.sample(20, 0, "0=8");
    experiment.sample(10, 0, "0=14");
    long now = experiment.clock.millis();
    Received received = received(TIMES);
    assertEquals("a\nbb\nccc\ndddd\nend", received.text());
    assertEquals(
        List.of("a\nbb\n", "ccc\ndddd\n", "end"),
        received.pieces.stream().map(Received.Piece::text).toList());
    assertAges(List.of(-30L, -10L, 0L), received, now);
  }

  @Test
  void timesOfATerminalLog() throws IOException {
    experiment.append(0, "a\r\n\033[31mb\033[0m\r\n1%\r2%\r\n\033[6n");
    experiment.samplerBegan(31);
    experiment.sample(30, 0, "0=3");
    experiment.sample(20, 0, "0=15");
    experiment.sample(10, 0, "0=27");
    long now = experiment.clock.millis();
    Received received = new Received();
    try (HostLogStream stream =
        HostLogStream.open(experiment.hostLog(0, true), TIMES, () -> true, experiment.clock)) {
      received.drain(stream);
    }
    assertEquals("a\nb\n2%\n", received.text());
    assertAges(List.of(-30L, -20L, -10L), received, now);
  }

  @Test
  void namesStretchesWithoutSamples() throws IOException {
    experiment.append(0, "a\nb\nc\nd\n");
    experiment.samplerBegan(401);
    experiment.sample(400, 0, "0=2");
    experiment.samplerBegan(301);
    experiment.sample(300, 0, "0=4");
    experiment.sample(100, 0, "0=6");
    Experiment.append(experiment.samples, "999999 1700000000 0=12"); // torn by a full disk
    experiment.mark(Long.toString(experiment.uptime(90)));
    experiment.sample(50, 0, "0=8");
    try (HostLogStream stream = experiment.open(TIMES, () -> true)) {
      List<String> notes = stream.notes();
      assertEquals(2, notes.size(), notes.toString());
      assertEquals(100, seconds(notes.get(0)), 3);
      assertEquals(40, seconds(notes.get(1)), 3);
    }
    try (HostLogStream stream = experiment.open(TIMES.withTail(1), () -> true)) {
      assertEquals(1, stream.notes().size(), stream.notes().toString());
    }
    try (HostLogStream stream = experiment.open(LogOptions.all(), () -> true)) {
      assertEquals(List.of(), stream.notes());
    }
    assertEquals("b\nc\nd\n", since(350), "what may be later is kept");
  }

  @Test
  void aStartAfterEverythingHadEndedIsNoStretchWithoutSamples() throws IOException {
    experiment.append(0, "a\nb\n");
    experiment.samplerBegan(401);
    experiment.sample(400, 0, "0=2");
    Experiment.append(experiment.samples, "= " + experiment.uptime(395) + "\n");
    experiment.samplerBegan(101);
    experiment.sample(100, 0, "0=4");
    try (HostLogStream stream = experiment.open(TIMES, () -> true)) {
      assertEquals(List.of(), stream.notes());
    }
  }

  @Test
  void samplesOfAnEarlierBootAreOlder() throws IOException {
    experiment.append(0, "a\nb\nc\n");
    long now = experiment.clock.millis();
    long then = now / 1000 - 86_400;
    Experiment.append(experiment.samples, "! another-boot -\n");
    Experiment.append(experiment.samples, "99999900 " + then + " 0=2\n");
    Experiment.append(experiment.samples, "100000300 " + (then + 4) + " 0=4\n= 100000400\n");
    String boot = HostIdentity.read(Path.of("/")).bootId();
    Experiment.append(experiment.samples, "! " + boot + " -\n");
    long uptime = Uptime.now();
    Experiment.append(experiment.samples, uptime + " " + now / 1000 + " 0=6\n");
    assertEquals("c\n", since(3600));
    assertEquals("a\nb\nc\n", since(90_000));
    assertEquals("b\nc\n", since(86_398));
    assertAges(List.of(-86_400L, -86_396L, 0L), received(TIMES), now);
  }

  @Test
  void withoutSamplesOnlyTheLastTimeIsKnown() throws IOException {
    experiment.append(0, "a\nb\n");
    long modified = experiment.clock.millis() - 3_600_000;
    Files.setLastModifiedTime(experiment.log(0), FileTime.fromMillis(modified));
    try (HostLogStream stream = experiment.open(TIMES, () -> true)) {
      String note = stream.notes().get(0);
      assertTrue(note.startsWith("before "), note);
      assertTrue(note.endsWith(" times are not known exactly (no samples)"), note);
    }
    assertEquals(modified, received(TIMES).pieces.get(0).epochMillis());
    assertEquals("", since(60));
    assertEquals("a\nb\n", since(4000));
    Files.writeString(experiment.file(0, ".attempts"), "1 0 500 " + (modified / 1000 - 2) + "\n");
    try (HostLogStream stream = experiment.open(TIMES, () -> true)) {
      assertEquals(List.of(), stream.notes(), "two seconds are nothing to speak of");
    }
    // The record of what has had one attempt says the same.
    Files.delete(experiment.file(0, ".attempts"));
    long boot = (modified / 1000 - 2) * 1000 - 5_000;
    experiment.record(0, "E 1 17 480 18 510 500 0 0 700 o - " + boot + " E1");
    try (HostLogStream stream = experiment.open(TIMES, () -> true)) {
      assertEquals(List.of(), stream.notes());
    }
  }

  @Test
  void whatWasCutShortIsForgotten() throws IOException {
    experiment.append(0, "new\nnewer\n");
    experiment.samplerBegan(101);
    experiment.sample(100, 0, "0=2");
    experiment.sample(90, 0, "0=500");
    experiment.sample(80, 0, "0=4");
    experiment.sample(20, 0, "0=10");
    assertEquals("newer\n", since(50));
    assertEquals("new\nnewer\n", since(85));
  }

  @Test
  void olderTimesAreKeptToTheMinute() throws IOException {
    experiment.append(0, "a\nb\nc\nd\ne\n");
    Path coarse = experiment.directory.resolve("samples.coarse");
    experiment.samplerBegan(3601);
    experiment.sample(3600, 0, "0=2 1=1");
    experiment.sample(3540, 0, "0=4");
    experiment.sample(130, 0, "0=6");
    experiment.sample(50, 0, "0=8");
    Files.move(experiment.samples, coarse);
    experiment.samplerBegan(101);
    experiment.sample(100, 0, "0=6");
    experiment.sample(96, 0, "0=8");
    Files.move(experiment.samples, experiment.directory.resolve("samples.old"));
    experiment.samplerBegan(21);
    experiment.sample(20, 0, "0=10");
    assertEquals("b\nc\nd\ne\n", since(3550));
    assertEquals("d\ne\n", since(110));
    assertEquals("e\n", since(60));
    long now = experiment.clock.millis();
    assertAges(List.of(-3600L, -3540L, -130L, -96L, -20L), received(TIMES), now);
    try (HostLogStream stream = experiment.open(TIMES, () -> true)) {
      String note = stream.notes().get(0);
      assertTrue(note.endsWith(" times are true to a minute only"), note);
    }
  }

  @Test
  void noiseInTheSamplesIsPassedOver() throws IOException {
    experiment.append(0, "a\nb\n");
    Experiment.append(experiment.samples, "\n\n= \n=\n!\n! \nx\n12\n12 \n12 13\n12 13 0\n");
    Experiment.append(experiment.samples, "12 13 0=\n12 13 =2\n12 13 0=2x\n99999999999999999999\n");
    experiment.samplerBegan(101);
    experiment.sample(100, 0, "0=2");
    experiment.sample(50, 0, "0=4");
    assertEquals("b\n", since(70));
  }

  private String since(double seconds) throws IOException {
    Duration age = Duration.ofMillis(Math.round(1000 * seconds));
    return experiment.read(LogOptions.all().withSince(age));
  }

  private Received received(LogOptions options) throws IOException {
    Received received = new Received();
    try (HostLogStream stream = experiment.open(options, () -> true)) {
      received.drain(stream);
    }
    return received;
  }

  /** The times of all pieces in seconds from now; a sample knows whole seconds. */
  private static void assertAges(List<Long> expected, Received received, long now) {
    assertEquals(expected.size(), received.pieces.size());
    for (int i = 0; i < expected.size(); i++) {
      double age = (received.pieces.get(i).epochMillis() - now) / 1000.0;
      assertEquals(expected.get(i), age, 2.5, "piece " + i);
    }
  }

  /** How long the stretch is that a note names. */
  private static long seconds(String note) {
    assertTrue(note.startsWith("between "), note);
    assertTrue(note.endsWith(" times are not known exactly (no samples)"), note);
    String[] words = note.replaceAll("\\d{4}-\\d{2}-\\d{2} ", "").split(" ");
    long from = LocalTime.parse(words[1]).toSecondOfDay();
    return Math.floorMod(LocalTime.parse(words[3]).toSecondOfDay() - from, 86_400);
  }
}
