package dev.symphony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A process or group belongs to one place, and one place has each name once. */
class BelongingTest {
  private final ExperimentSpec rl = new ExperimentSpec("rl");
  private final ExperimentSpec other = new ExperimentSpec("other");

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(SymphonyException.class, action::run).getMessage());
  }

  @Test
  void aProcessOfAnotherExperimentIsRefused() {
    ProcessSpec process = other.newProcess("p");
    assertRefused(
        "process p cannot be added to experiment rl: it belongs to experiment other already",
        () -> rl.addProcess(process));
    ProcessGroupSpec group = rl.newProcessGroup("g");
    assertRefused(
        "process p cannot be added to process group g: it belongs to experiment other already",
        () -> group.addProcess(process));
    assertSame(other, process.getExperiment());
    assertNull(process.getGroup());
    assertEquals(List.of(), rl.listAllProcesses());
  }

  @Test
  void aProcessOfAnotherGroupIsRefusedWhetherThatBelongsToAnExperimentOrNot() {
    for (ProcessGroupSpec owner :
        List.of(new ProcessGroupSpec("free"), other.newProcessGroup("owned"))) {
      ProcessSpec process = owner.newProcess("p");
      ExperimentSpec before = process.getExperiment();
      String belongs = ": it belongs to process group " + owner.getName() + " already";
      assertRefused(
          "process p cannot be added to process group g" + belongs,
          () -> new ProcessGroupSpec("g").addProcess(process));
      assertRefused(
          "process p cannot be added to experiment rl" + belongs, () -> rl.addProcess(process));
      assertSame(owner, process.getGroup());
      assertSame(before, process.getExperiment());
      assertEquals(List.of(), rl.listAllProcesses());
    }
  }

  @Test
  void aGroupOfAnotherExperimentIsRefused() {
    ProcessGroupSpec group = other.newProcessGroup("g");
    ProcessSpec process = group.newProcess("p");
    assertRefused(
        "process group g cannot be added to experiment rl: it belongs to experiment other already",
        () -> rl.addProcessGroup(group));
    assertSame(other, group.getExperiment());
    assertSame(other, process.getExperiment());
    assertEquals(List.of(), rl.listProcessGroups());
  }

  @Test
  void aNameIsRefusedTheSecondTimeInOnePlace() {
    ProcessSpec process = rl.newProcess("p");
    ProcessGroupSpec group = rl.newProcessGroup("g");
    ProcessSpec inGroup = group.newProcess("p");
    ProcessSpec second = new ProcessSpec("p");
    ProcessGroupSpec secondGroup = new ProcessGroupSpec("g");
    assertRefused("experiment rl has a process p already", () -> rl.addProcess(second));
    assertRefused("process group g has a process p already", () -> group.addProcess(second));
    assertRefused(
        "experiment rl has a process group g already", () -> rl.addProcessGroup(secondGroup));
    assertEquals(List.of(inGroup, process), rl.listAllProcesses());
    assertEquals(List.of(group), rl.listProcessGroups());
    // What was refused still belongs nowhere.
    other.addProcess(second);
    other.addProcessGroup(secondGroup);
  }

  @Test
  void oneNameInTwoGroupsAndInNoneIsThreeProcesses() {
    ProcessGroupSpec left = rl.newProcessGroup("left");
    left.newProcess("p");
    ProcessGroupSpec right = new ProcessGroupSpec("right");
    right.newProcess("p");
    rl.addProcessGroup(right);
    rl.newProcess("p");
    assertEquals(
        List.of("left/p", "right/p", "p"),
        rl.listAllProcesses().stream().map(ProcessSpec::toString).toList());
    for (ProcessSpec process : rl.listAllProcesses()) {
      assertSame(rl, process.getExperiment());
    }
  }
}
