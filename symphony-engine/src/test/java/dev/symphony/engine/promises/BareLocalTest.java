package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The local backend where programs that make it faster are missing. */
class BareLocalTest extends Promises implements OnLocal {
  private void only(List<String> programs) throws Exception {
    Path bin = Files.createDirectory(dir.resolve("bin"));
    for (String program : programs) {
      for (String folder : System.getenv("PATH").split(":")) {
        Path found = Path.of(folder, program);
        if (Files.isExecutable(found) && !Files.exists(bin.resolve(program))) {
          Files.createSymbolicLink(bin.resolve(program), found.toRealPath());
        }
      }
      Needs.that(Files.exists(bin.resolve(program)), "the program " + program);
    }
    environment.put("PATH", bin.toString());
    cluster = open(context());
  }

  @ParameterizedTest
  @CsvSource({
    "sh sleep,3",
    "sh sleep,40",
    "sh sleep setsid,3",
    "sh sleep setsid,40",
    "sh sleep perl,40"
  })
  void launchesStopsStartsAndDeletesWithWhatThereIs(String programs, int count) throws Exception {
    only(List.of(programs.split(" ")));
    ExperimentSpec experiment = experiment();
    experiment.newProcesses(
        "p", count, (p, i) -> p.command("sh", "-c", "echo \"up $0\"; exec sleep 600", "a  'b'"));
    experiment
        .newProcess("again")
        .restart(RestartPolicy.onFailure(1))
        .shell("[ -e " + file("tried") + " ] || { echo first >" + file("tried") + "; exit 3; }");
    cluster.launch(experiment);
    for (int i = 0; i < count; i++) {
      String name = "p-" + i;
      Eventually.is("log", "up a  'b'\n", () -> log(name));
      awaitState(name, State.RUNNING);
    }
    awaitState("again", State.SUCCEEDED);
    assertEquals(1, status("again").restarts());
    assertEquals(count, cluster.stop(NAME, List.of()).size());
    assertEquals(State.STOPPED, cluster.describeExperiment(NAME).state());
    assertEquals(List.of(process("p-1")), cluster.start(NAME, List.of(process("p-1"))));
    Eventually.is("log", "up a  'b'\nup a  'b'\n", () -> log("p-1"));
    long pid = Long.parseLong(cluster.inspectProcess(NAME, process("p-1")).details().get("pid"));
    assertTrue(Pids.alive(pid));
    cluster.delete(NAME);
    assertFalse(Pids.alive(pid));
  }
}
