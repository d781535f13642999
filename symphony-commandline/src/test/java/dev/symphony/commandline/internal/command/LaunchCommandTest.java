package dev.symphony.commandline.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.commandline.internal.command.LaunchCommand.Patience;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a signal says is what happens, however close to the launch's end it comes. */
class LaunchCommandTest {
  @TempDir Path folder;
  private Given given;
  private Patience patience;

  @BeforeEach
  void give() {
    given = new Given(folder);
    Invocation in =
        new Invocation(
            () -> given.cluster,
            given.session().terminal(),
            new Program("own", "own", "own"),
            List.of(),
            false);
    patience = new Patience(in);
  }

  @Test
  void aSignalDuringTheLaunchUndoesItAndSaysSo() {
    patience.interrupted(1);
    assertEquals("interrupted: what was started is removed\n", given.err());
    assertTrue(patience.over());
  }

  @Test
  void aSignalAfterItUndoesNothingAndSaysNothing() {
    assertFalse(patience.over());
    patience.interrupted(1);
    assertEquals("", given.err());
  }
}
