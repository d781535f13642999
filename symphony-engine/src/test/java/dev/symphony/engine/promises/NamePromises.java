package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.UsageException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names mean one thing, and what is not exact is a question to the user. */
public abstract class NamePromises extends Promises {
  private void launch(Cluster on, String... names) {
    for (String name : names) {
      ExperimentSpec experiment = on.newExperiment(name);
      experiment.newProcess("p").command("true");
      on.launch(experiment);
    }
  }

  @Test
  void anExperimentIsMatchedExactlyThenByPrefixThenByEndThenByPart() {
    Cluster sarahs = open(context().withUsername("sarah"));
    launch(sarahs, "rl", "sarah-rl-10", "rl-2");
    launch(cluster, "rl", "rl-x", "old-rl", "a-rl-b");
    assertEquals(
        List.of("a-rl-b", "old-rl", "rl", "rl-x", "sarah-rl", "sarah-rl-2", "sarah-rl-10"),
        sarahs.listExperiments());
    assertTrue(sarahs.fuzzyMatchExperiment("rl").exact());
    assertEquals(List.of("sarah-rl"), sarahs.fuzzyMatchExperiment("rl").candidates());
    assertEquals(List.of("rl-x"), sarahs.fuzzyMatchExperiment("rl-x").candidates());
    assertEquals(List.of("rl"), cluster.fuzzyMatchExperiment("rl").candidates());
    assertFalse(sarahs.fuzzyMatchExperiment("rl-").exact());
    assertEquals(
        List.of("sarah-rl-2", "sarah-rl-10", "rl-x", "a-rl-b"),
        sarahs.fuzzyMatchExperiment("rl-").candidates());
    assertEquals(List.of("old-rl"), sarahs.fuzzyMatchExperiment("d-rl").candidates());
    assertEquals(List.of(), sarahs.fuzzyMatchExperiment("nothing").candidates());
    // What acts takes whole names only.
    refusal(NotFoundException.class, () -> cluster.delete("rl-"));
    sarahs.deleteBatch(List.of("rl", "sarah-rl"));
    assertEquals(
        List.of("a-rl-b", "old-rl", "rl-x", "sarah-rl-2", "sarah-rl-10"), sarahs.listExperiments());
  }

  @Test
  void aProcessOfAGroupIsExactAndOneNameInTwoGroupsIsTwoProcesses() {
    ExperimentSpec experiment = experiment();
    experiment.newProcessGroup("g1").newProcess("p").command("true");
    experiment.newProcessGroup("g2").newProcess("p").command("true");
    experiment.newProcess("p").command("true");
    experiment.newProcesses("agent", 11, (agent, i) -> agent.command("true"));
    cluster.launch(experiment);
    ended();
    assertEquals(
        List.of(process("g1/p"), process("g2/p"), process("p")), cluster.findProcess(NAME, "p"));
    assertEquals(List.of(process("p")), cluster.fuzzyMatchProcess(NAME, "p").candidates());
    assertEquals(List.of(process("g1/p")), cluster.fuzzyMatchProcess(NAME, "g1/p").candidates());
    assertEquals(List.of(), cluster.fuzzyMatchProcess(NAME, "WRONG/p").candidates());
    assertEquals(List.of(), cluster.fuzzyMatchProcess(NAME, "g1/agent-1").candidates());
    assertEquals(
        List.of(process("agent-1")), cluster.fuzzyMatchProcess(NAME, "agent-1").candidates());
    assertEquals(11, cluster.fuzzyMatchProcess(NAME, "agent").candidates().size());
    assertEquals(
        process("agent-10"), cluster.fuzzyMatchProcess(NAME, "agent").candidates().get(10));
    assertEquals(1, cluster.describeProcessGroup(NAME, "g1").size());
    refusal(NotFoundException.class, () -> cluster.describeProcess(NAME, process("g3/p")));
    refusal(NotFoundException.class, () -> cluster.describeProcessGroup(NAME, "g3"));
    refusal(NotFoundException.class, () -> cluster.stop(NAME, List.of(process("g1/agent-1"))));
    refusal(NotFoundException.class, () -> cluster.describeExperiment("../" + NAME));
    refusal(NotFoundException.class, () -> cluster.delete("."));
    refusal(NotFoundException.class, () -> cluster.delete(""));
  }

  @Test
  void theCurrentExperimentIsRememberedPerClusterAndProgram() {
    refusal(NotFoundException.class, () -> cluster.currentExperiment());
    launch(cluster, "one");
    assertEquals("one", cluster.currentExperiment());
    launch(cluster, "two");
    String message = refusal(UsageException.class, () -> cluster.currentExperiment());
    assertTrue(message.contains("one, two"), message);
    cluster.setExperiment("two");
    Cluster other = open(context());
    assertEquals("two", other.currentExperiment());
    other.setProgram("myproject");
    refusal(UsageException.class, () -> other.currentExperiment());
    other.setExperiment("one");
    assertEquals("one", other.currentExperiment());
    assertEquals("two", cluster.currentExperiment());
    refusal(NotFoundException.class, () -> cluster.setExperiment("three"));
    cluster.delete("two");
    assertEquals("one", cluster.currentExperiment());
  }

  @Test
  void namesThatCouldMeanSomethingElseAreRefusedWhenDeclared() {
    for (String name :
        List.of("", "Upper", "a_b", "1st", "-a", "a-", "a/b", "..", "a b", "x".repeat(64), "ä")) {
      refusalInOneLine(() -> cluster.newExperiment(name));
      refusalInOneLine(() -> experiment().newProcess(name));
      refusalInOneLine(() -> experiment().newProcessGroup(name));
    }
    refusalInOneLine(() -> open(context().withUsername("sarah")).newExperiment("x".repeat(60)));
  }

  @Test
  void anUnknownBackendIsAnsweredWithThoseThereAre() {
    String message = refusalInOneLine(() -> Cluster.of("slurm", Map.of(), context()));
    assertTrue(message.contains("slurm") && message.contains("local"), message);
    message = refusalInOneLine(() -> Cluster.of("kubernetes", Map.of(), context()));
    assertTrue(message.contains("dev.symphony:symphony-kube"), message);
    message = refusalInOneLine(() -> Cluster.of(backend(), Map.of("colour", "red"), context()));
    assertTrue(message.contains("colour"), message);
  }
}
