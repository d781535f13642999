package dev.symphony.kube.internal.remote;

import dev.symphony.engine.ProcessName;
import dev.symphony.kube.KubeTest;
import dev.symphony.kube.internal.api.KubeAccess;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import dev.symphony.kube.internal.state.Places;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** An experiment of pods with Symphony's labels that a test makes one by one. */
final class BarePods {
  final KubeApi api;
  final Place place;
  final Observer observer;
  final PodShell shell;
  private final KubeTest test;

  BarePods(KubeTest test, String base) {
    this.test = test;
    api = test.api();
    String namespace = test.namespace(base);
    place = new Place(namespace, namespace, false, "uid", "launch", Instant.now(), false, Map.of());
    observer = new Observer(api, new Places(api, null), InstantSource.system());
    shell = new PodShell(api, observer, Map.of(), test.directory());
  }

  /** Runs a process's first pod. */
  ProcessName run(String process, String... command) {
    test.runPod(place.namespace(), process, metadata(process, 1), command);
    return new ProcessName(null, process);
  }

  /** Runs a later pod of a process. */
  void runAgain(String process, int attempt, String... command) {
    test.runPod(place.namespace(), process + ".r" + attempt, metadata(process, attempt), command);
  }

  private Map<String, Object> metadata(String process, int attempt) {
    return Tree.of(
        "labels",
        Tree.of(
            Names.MANAGED_BY, Names.SYMPHONY,
            Names.EXPERIMENT, place.experiment(),
            Names.LAUNCH, place.launchId(),
            Names.PROCESS, process,
            Names.ATTEMPT, String.valueOf(attempt)),
        "annotations",
        Tree.of(Names.PLACE, "0/1"));
  }

  String path(String pod) {
    return "/api/v1/namespaces/" + place.namespace() + "/pods/" + pod;
  }

  /** What a command printed on its output and its errors, and how it ended. */
  record Result(int code, String out, String err) {}

  Result exec(ProcessName process, InputStream in, String... command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = shell.run(place, process, List.of(command), in, out, err);
    return new Result(code, out.toString(), err.toString());
  }

  String out(ProcessName process, String script) {
    Result result = exec(process, InputStream.nullInputStream(), "sh", "-c", script);
    return result.out + result.err;
  }

  /** Whether a command of these words runs in a process's container. */
  boolean runs(ProcessName process, String command) {
    return out(process, "ps -o args").lines().anyMatch(command::equals);
  }

  void awaitRuns(ProcessName process, String command) {
    KubeTest.waitFor(command + " runs", () -> runs(process, command));
  }

  /** Waits until a script succeeds in a process's container. */
  void await(ProcessName process, String script) {
    KubeTest.waitFor(
        script, () -> exec(process, InputStream.nullInputStream(), "sh", "-c", script).code() == 0);
  }

  /** What a program of its own does in the place of a process. */
  interface Work {
    int in(PodShell shell, Place place);
  }

  /** Works in an experiment of bare pods, in a program of its own. */
  static int inProgram(String context, String experiment, Work work) {
    Path here = Path.of("").toAbsolutePath();
    try (KubeApi opened = KubeAccess.load(null, context, System.getenv(), here, here).open()) {
      // A cold virtual machine on a busy machine is slow to make its first connection.
      KubeApi api = opened.withPatience(Duration.ofMinutes(1), line -> {});
      Place place =
          new Place(experiment, experiment, false, "uid", "launch", Instant.EPOCH, false, Map.of());
      Observer observer = new Observer(api, new Places(api, null), InstantSource.system());
      return work.in(new PodShell(api, observer, System.getenv(), here), place);
    }
  }
}
