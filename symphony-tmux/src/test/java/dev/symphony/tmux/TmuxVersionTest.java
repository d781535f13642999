package dev.symphony.tmux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.SymphonyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TmuxVersionTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "3.3a, true",
    "3.2a, true",
    "3.2, false",
    "3.2-rc2, false",
    "3.1c, false",
    "2.9a, false",
    "3.10, true",
    "4.0, true",
    "next-3.5, true",
    "next-3.2, false",
    "openbsd-7.4, true",
    "openbsd-6.9, false",
    "master, true",
  })
  void knowsWhatIsNewEnough(String text, boolean expected) {
    assertEquals(expected, TmuxVersion.isNewEnough(text));
  }

  @Test
  void findsTheInstalledOne() {
    Path program = TmuxVersion.program(System.getenv());
    TmuxVersion version = TmuxVersion.of(program);
    version.require();
    assertTrue(Character.isDigit(version.text().charAt(0)), version.text());
  }

  @Test
  void saysHowToGetTmuxWhereThereIsNone() {
    String message =
        assertThrows(
                SymphonyException.class,
                () -> TmuxVersion.program(Map.of("PATH", directory.toString())))
            .getMessage();
    assertTrue(message.startsWith("tmux is not on the PATH: install it"), message);
    assertTrue(message.contains("--cluster local"), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void refusesAnOldTmuxInOneLineAlsoWhenItsServerIsAsked() throws Exception {
    Path old = directory.resolve("tmux");
    Files.writeString(
        old,
        "#!/bin/sh\n[ \"$1\" = -V ] && { echo tmux 3.1c; exit; }\necho 'usage: tmux [-2CluvV]'"
            + " >&2; exit 1\n");
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwx------"));
    Map<String, String> environment = Map.of("PATH", directory + ":/usr/bin:/bin");
    TmuxServer server =
        new TmuxServer(
            new TmuxClient(
                TmuxVersion.program(environment),
                new TmuxSocket(directory.resolve("socket")),
                environment),
            Duration.ofMinutes(1));
    String message =
        assertThrows(SymphonyException.class, () -> server.newSession("rl", "owner", null))
            .getMessage();
    assertTrue(message.startsWith("tmux 3.1c is too old: Symphony needs 3.2a or newer"), message);
    assertEquals(1, message.lines().count());
  }
}
