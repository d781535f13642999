package dev.symphony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MatchTest {
  private static final ProcessName ALONE = new ProcessName(null, "a");
  private static final ProcessName GROUPED = new ProcessName("grp", "a");
  private static final ProcessName LEFT = new ProcessName("left", "b");
  private static final ProcessName RIGHT = new ProcessName("right", "b");

  /** As a status lists them: groups first. */
  private static final List<ProcessName> ALL = List.of(GROUPED, LEFT, RIGHT, ALONE);

  @Test
  void theNameOfAProcessInNoGroupMeansItAloneWhateverThoseInGroupsAreCalled() {
    assertEquals(new Match<>(List.of(ALONE), true), Match.processes(ALL, "a"));
    assertEquals(new Match<>(List.of(GROUPED), true), Match.processes(ALL, "grp/a"));
    assertEquals(new Match<>(List.of(LEFT, RIGHT), true), Match.processes(ALL, "b"));
    assertEquals(new Match<>(List.of(), true), Match.processes(ALL, "grp/b"));
  }
}
