package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.AlreadyExistsException;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.LaunchOptions;
import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.State;
import dev.symphony.engine.SymphonyException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Launch is all or nothing; a dry run does nothing; what is planned is what is launched. */
public abstract class LaunchPromises extends Promises {
  @Test
  void everythingThatIsWrongIsReportedTogetherAndNothingStarts() throws Exception {
    ExperimentSpec experiment = experiment();
    ProcessSpec learner = experiment.newProcess("learner").command("touch", file("ran").toString());
    learner.binds("replay-server").binds("low", 0).binds("web", 8080).exposes("web-2", 8080);
    learner.binds("a-b").binds("a--b");
    experiment.newProcess("second").command("true").binds("replay-server");
    experiment.newProcess("agent").command("true").connects("replay-servr", "nothing-like-it");
    experiment.newProcess("shown").command("true").exposes("web");
    experiment.newProcess("elsewhere").command("true").workingDirectory("missing/folder");
    experiment.newProcess("empty");
    String message = refusal(() -> cluster.launch(experiment));
    for (String part :
        List.of(
            "second binds service replay-server, which process learner binds",
            "service low: port 0",
            "port 8080",
            "agent connects to service replay-servr, which no process binds; did you mean"
                + " replay-server?",
            "nothing-like-it",
            "shown exposes service web, which process learner binds",
            work() + "/missing/folder does not exist",
            "process empty: nothing to run")) {
      assertTrue(message.contains(part), part + "\n  is missing in:\n" + message);
    }
    assertFalse(Files.exists(file("ran")));
    assertEquals(List.of(), cluster.listExperiments());
  }

  @Test
  void anExperimentWithoutProcessesIsRefusedWithTheTwoWaysToDeclareThem() {
    assertEquals(
        "experiment %s: it has no process; declare one with newProcess(name), or below 'processes'"
                .formatted(experiment().getName())
            + " of a file",
        refusal(() -> cluster.plan(experiment())));
  }

  @Test
  void whatIsPlannedIsWhatIsLaunched() throws Exception {
    ExperimentSpec experiment = experiment();
    experiment
        .newProcess("server")
        .binds("one", "two")
        .exposes("three")
        .shell("echo $SYMPH_ONE_PORT $SYMPH_TWO_PORT $SYMPH_THREE_PORT");
    LaunchPlan plan = cluster.plan(experiment);
    String yaml = plan.toYaml();
    StringBuilder ports = new StringBuilder();
    for (ServiceAddress service : plan.services()) {
      assertTrue(yaml.contains(Integer.toString(service.port())), yaml);
      ports.append(ports.length() == 0 ? "" : " ").append(service.port());
    }
    cluster.launch(plan);
    ended();
    assertEquals(ports + "\n", log("server"));
    assertEquals(plan.services(), cluster.services(NAME));
    assertEquals(yaml, plan.toYaml());
  }

  @Test
  void aDryRunDoesNothingAtAll() throws Exception {
    Path folder = dir.resolve("saved");
    List<String> before = below(dir);
    try (Cluster other = open(context().withExperimentFolder(folder))) {
      ExperimentSpec experiment = other.newExperiment(NAME);
      experiment.newProcess("p").binds("s").command("touch", file("ran").toString());
      LaunchPlan plan = other.launch(experiment, new LaunchOptions(false, true));
      assertEquals(1, plan.services().size());
      other.launch(plan, new LaunchOptions(true, true));
      assertEquals(List.of(), other.listExperiments());
    }
    assertEquals(before, below(dir));
  }

  @Test
  void aQueryChangesNothing() throws Exception {
    experiment().newProcess("unused").command("true");
    assertEquals(List.of(), cluster.listExperiments());
    refusal(() -> cluster.describeExperiment(NAME));
    refusal(() -> cluster.currentExperiment());
    assertFalse(Files.exists(state()), "only a launch makes the state directory");

    ExperimentSpec experiment = experiment();
    experiment.newProcess("p").binds("s").command("sh", "-c", "echo said; exit 3");
    cluster.launch(experiment);
    ended();
    Eventually.is("what runs", List.of(), () -> Pids.mentioning(state().toString()));
    Map<String, String> before = contents();
    cluster.describeExperiment(NAME);
    cluster.inspectProcess(NAME, process("p"));
    cluster.services(NAME);
    cluster.fuzzyMatchExperiment("tri");
    cluster.fuzzyMatchProcess(NAME, "p");
    assertEquals("said\n", log("p"));
    ended();
    assertEquals(before, contents());
  }

  private Map<String, String> contents() throws Exception {
    Map<String, String> contents = new HashMap<>();
    for (String name : below(dir)) {
      Path path = dir.resolve(name);
      contents.put(
          name, Files.getLastModifiedTime(path) + (Files.isDirectory(path) ? "" : Pids.text(path)));
    }
    return contents;
  }

  @Test
  void aLaunchThatFailsAfterItClaimedItsNameLeavesNothing() throws Exception {
    try (ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      ExperimentSpec experiment = experiment();
      experiment.newProcess("p").command("touch", file("ran").toString());
      experiment.newProcess("server").command("sleep", "600").binds("s", foreign.getLocalPort());
      String message = refusalInOneLine(() -> cluster.launch(experiment));
      assertTrue(message.contains("server, service s"), message);
      assertTrue(message.contains(Integer.toString(foreign.getLocalPort())), message);
    }
    assertEquals(List.of(), cluster.listExperiments());
    assertFalse(Files.exists(file("ran")));
    assertEquals(List.of(), leases());
  }

  private List<String> leases() throws Exception {
    return below(dir.resolve("ports")).stream().filter(name -> name.contains(".lease.")).toList();
  }

  @Test
  void aNameIsClaimedOnceHoweverManyLaunchAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(12);
    List<Callable<String>> launches = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      launches.add(
          () -> {
            ExperimentSpec experiment = experiment();
            experiment.newProcess("p").shell("echo $$ >>" + file("started"), "exec sleep 600");
            try {
              cluster.launch(experiment);
              return "launched";
            } catch (AlreadyExistsException e) {
              return "exists";
            }
          });
    }
    int launched = 0;
    for (Future<String> launch : threads.invokeAll(launches)) {
      launched += launch.get().equals("launched") ? 1 : 0;
    }
    threads.shutdown();
    assertEquals(1, launched);
    Eventually.is("started", 1L, () -> Pids.text(file("started")).lines().count());
    assertEquals(List.of(NAME), cluster.listExperiments());
  }

  @Test
  void forceReplacesWhatIsThere() throws Exception {
    ExperimentSpec first = experiment();
    first.newProcess("old").binds("s", firstPort).shell("echo $$ >" + file("old"), "sleep 600");
    cluster.launch(first);
    long old = Pids.from(file("old"));
    ExperimentSpec second = experiment();
    second.newProcess("new").binds("s", cluster.services(NAME).get(0).port()).command("true");
    String message = refusal(AlreadyExistsException.class, () -> cluster.launch(second));
    assertTrue(message.contains(NAME) && message.contains("--force"), message);
    assertTrue(Pids.alive(old));
    cluster.launch(second, LaunchOptions.forced());
    assertFalse(Pids.alive(old));
    assertEquals(State.SUCCEEDED, ended().outcome());
  }

  @Test
  void aPlanOfAnotherClusterIsRefused() {
    ExperimentSpec experiment = experiment();
    experiment.newProcess("p").command("true");
    LaunchPlan foreign =
        new LaunchPlan() {
          @Override
          public String experiment() {
            return NAME;
          }

          @Override
          public String backend() {
            return "elsewhere";
          }

          @Override
          public List<dev.symphony.engine.ProcessName> processNames() {
            return List.of();
          }

          @Override
          public List<ServiceAddress> services() {
            return List.of();
          }

          @Override
          public Map<String, Object> declaration() {
            return Map.of();
          }

          @Override
          public String toYaml() {
            return "";
          }
        };
    assertTrue(refusalInOneLine(() -> cluster.launch(foreign)).contains("elsewhere"));
  }

  @Test
  void aBatchIsCheckedWholeAndSaysWhatWasLaunchedBeforeAFailure() {
    ExperimentSpec good = cluster.newExperiment("good");
    good.newProcess("p").command("true");
    ExperimentSpec wrong = cluster.newExperiment("wrong");
    wrong.newProcess("p").command("true").connects("nobody");
    refusal(() -> cluster.launchBatch(List.of(good, wrong), LaunchOptions.defaults()));
    assertEquals(List.of(), cluster.listExperiments());

    ExperimentSpec taken = cluster.newExperiment("taken");
    taken.newProcess("p").command("true");
    cluster.launch(taken);
    String message =
        refusal(
            SymphonyException.class,
            () -> cluster.launchBatch(List.of(good, taken), LaunchOptions.defaults()));
    assertTrue(message.contains("taken") && message.contains("launched before: good"), message);
    assertEquals(List.of("good", "taken"), cluster.listExperiments());
  }

  @Test
  void theExperimentFolderKeepsWhatWasLaunchedAndIsNotOverwritten() throws Exception {
    Path folder = dir.resolve("saved");
    try (Cluster saving = open(context().withExperimentFolder(folder))) {
      ExperimentSpec experiment = saving.newExperiment(NAME);
      experiment.newProcess("p").command("true");
      saving.launch(experiment);
      assertEquals(List.of(NAME, NAME + "/experiment.yaml", NAME + "/plan.yaml"), below(folder));
      saving.delete(NAME);
      String message = refusal(AlreadyExistsException.class, () -> saving.launch(experiment));
      assertTrue(message.contains(folder.resolve(NAME).toString()), message);
      assertEquals(List.of(), saving.listExperiments());
      saving.launch(experiment, LaunchOptions.forced());
    }
  }

  @Test
  void anExperimentThatCannotBeSavedIsNotLaunched() throws Exception {
    Path folder = Files.writeString(dir.resolve("saved"), "a file where the folder should be");
    try (Cluster saving = open(context().withExperimentFolder(folder))) {
      ExperimentSpec experiment = saving.newExperiment(NAME);
      experiment.newProcess("p").command("sleep", "600");
      assertTrue(refusalInOneLine(() -> saving.launch(experiment)).contains(folder.toString()));
      assertEquals(List.of(), saving.listExperiments());
    }
  }
}
