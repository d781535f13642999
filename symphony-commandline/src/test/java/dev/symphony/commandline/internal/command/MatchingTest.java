package dev.symphony.commandline.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.symphony.engine.UsageException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which experiment is meant where none is named. */
class MatchingTest {
  @TempDir Path folder;
  private Given given;
  private Matching matching;

  @BeforeEach
  void give() {
    given = new Given(folder);
    given.cluster.add(Given.experiment("theirs", Given.running("a", "PT5M")));
    matching = new Matching(given.cluster, given.session().terminal());
  }

  @Test
  void theOnlyOneOfOnesOwn() {
    assertEquals("theirs", matching.experiment(null, false, false));
    assertEquals("theirs", matching.experiment(null, true, false));
  }

  @Test
  void whatIsSharedIsNotChangedBecauseItIsTheOnlyOne() {
    given.cluster.containers = true;
    given.cluster.setExperimentUnchecked("mine-that-has-gone");

    assertEquals("theirs", matching.experiment(null, false, false));
    UsageException refused =
        assertThrows(UsageException.class, () -> matching.experiment(null, true, false));
    assertEquals(
        "no experiment is the current one; write the name of the one that is meant: theirs",
        refused.getMessage());
    given.cluster.setExperimentUnchecked("theirs");
    assertEquals("theirs", matching.experiment(null, true, false));
  }
}
