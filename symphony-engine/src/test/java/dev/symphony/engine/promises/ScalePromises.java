package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Five hundred processes are an experiment like any other. */
public abstract class ScalePromises extends Promises {
  @Test
  void fiveHundredProcessesRunAreSeenStoppedAndDeleted() throws Exception {
    environment.put("SYMPHONY_PORT_RANGE", "10000-30000");
    cluster = open(context());
    ExperimentSpec experiment = experiment();
    experiment.newProcesses(
        "p",
        500,
        (process, i) ->
            process
                .binds("s-" + i)
                .shell("echo " + i + " $SYMPH_S_" + i + "_PORT", "exec sleep 600"));
    Set<Integer> ports = new HashSet<>();
    cluster.launch(experiment).services().forEach(service -> ports.add(service.port()));
    assertEquals(500, ports.size());
    Eventually.is("running", 500L, () -> count(State.RUNNING));
    List<String> names =
        cluster.describeExperiment(NAME).processes().stream().map(p -> p.name().name()).toList();
    assertEquals("p-499", names.get(499));
    int port = cluster.services(NAME).get(321).port();
    Eventually.is("log", "321 " + port + "\n", () -> log("p-321"));
    assertEquals(1, cluster.stop(NAME, List.of(process("p-7"))).size());
    assertEquals(499, count(State.RUNNING));
    assertEquals(499, cluster.stop(NAME, List.of()).size());
    assertEquals(500, count(State.STOPPED));
    cluster.delete(NAME);
    assertEquals(List.of(), cluster.listExperiments());
  }

  private long count(State state) {
    ExperimentStatus status = cluster.describeExperiment(NAME);
    long count = 0;
    for (ProcessStatus process : status.processes()) {
      count += process.state() == state ? 1 : 0;
    }
    return count;
  }
}
