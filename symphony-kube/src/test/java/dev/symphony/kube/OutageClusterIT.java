package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.LogOptions;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.State;
import dev.symphony.engine.Verdict;
import dev.symphony.kube.internal.api.Tree;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The API server goes away in the middle and comes back. Everybody on the cluster sees that, so
 * these run while nothing else does.
 */
@ExtendWith(RealCluster.class)
@Isolated
final class OutageClusterIT {
  private static final int PROCESSES = 500;
  private static final String AWAY = "does not answer";
  private static final ProcessName WRITER = new ProcessName(null, "writer");

  @Test
  void aLaunchSurvivesIt(KubeTest test) throws Exception {
    String name = test.name("outage");
    Process launcher = LaunchProgram.start(test, test.context(), name, Integer.toString(PROCESSES));
    String pods = "/api/v1/namespaces/" + name + "/pods";
    try {
      KubeTest.waitFor(
          "the launch has begun",
          () -> !launcher.isAlive() || Tree.list(test.api().get(pods), "items").size() >= 5);
      StringBuilder said = new StringBuilder();
      BufferedReader lines = launcher.inputReader(StandardCharsets.UTF_8);
      assertTrue(launcher.isAlive(), () -> lines.lines().toList().toString());
      // The server takes a while to end, in which a launch that goes on could be done.
      signal(launcher, "STOP");
      try {
        test.clusterCommand("stop-apiserver");
        signal(launcher, "CONT");
        String line = lines.readLine();
        while (line != null && !line.contains(AWAY)) {
          said.append(line).append('\n');
          line = lines.readLine();
        }
        assertNotNull(line, "it did not notice: " + said);
      } finally {
        test.clusterCommand("start-apiserver");
      }
      lines.lines().forEach(line -> said.append(line).append('\n'));

      assertEquals(0, launcher.waitFor(), said.toString());
      assertFalse(said.toString().contains(AWAY), "said twice: " + said);
    } finally {
      launcher.destroyForcibly();
    }
    assertEquals(PROCESSES + 1, Tree.list(test.api().get(pods), "items").size());
    test.cluster().delete(name);
  }

  @Test
  void whoFollowsALogAndWhoWaitsOutlastIt(KubeTest test) throws Exception {
    String name = test.name("outage");
    KubeCluster cluster = test.cluster();
    KubeExperimentSpec experiment = cluster.newExperiment(name);
    experiment
        .newProcess("writer")
        .shell(
            "i=0",
            "until [ -e /kept/end ]; do i=$((i + 1)); echo $i; sleep 0.1; done",
            // The end of a container kills what was executed in it, which shall end before.
            "sleep 15")
        .mountEmptyDir("kept", false, "/kept");
    cluster.launch(experiment);

    KubeCluster follower = test.cluster();
    BlockingQueue<String> toldFollower = new LinkedBlockingQueue<>();
    follower.setProgress(KubeTest.unlessSlow(toldFollower::add));
    CountDownLatch followed = new CountDownLatch(10);
    CompletableFuture<LogText> log =
        KubeTest.async(
            () ->
                LogText.read(
                    follower,
                    name,
                    WRITER,
                    LogOptions.all().withFollow(true),
                    lines -> followed.countDown()));
    KubeCluster waiter = test.cluster();
    BlockingQueue<String> toldWaiter = new LinkedBlockingQueue<>();
    waiter.setProgress(KubeTest.unlessSlow(toldWaiter::add));
    CompletableFuture<Verdict> verdict =
        KubeTest.async(
            () -> waiter.await(name, List.of(), Duration.ofMinutes(3), false, failed -> {}));
    assertTrue(followed.await(1, TimeUnit.MINUTES), "the log is not followed");
    try {
      test.clusterCommand("stop-apiserver");
      String waiting = String.valueOf(toldWaiter.poll(60, TimeUnit.SECONDS));
      assertTrue(waiting.contains(AWAY), waiting);
      String following = String.valueOf(toldFollower.poll(60, TimeUnit.SECONDS));
      assertTrue(following.contains(AWAY), following);
    } finally {
      test.clusterCommand("start-apiserver");
    }

    assertEquals("the API server answers again", toldWaiter.poll(60, TimeUnit.SECONDS));
    List<String> touch = List.of("touch", "/kept/end");
    OutputStream nowhere = OutputStream.nullOutputStream();
    InputStream nothing = InputStream.nullInputStream();
    assertEquals(0, cluster.exec(name, WRITER, touch, nothing, nowhere, nowhere));

    assertEquals(State.SUCCEEDED, verdict.get(3, TimeUnit.MINUTES).outcome());
    LogText whole = log.get(3, TimeUnit.MINUTES);
    List<String> lines = whole.lines().lines().toList();
    List<String> numbers =
        IntStream.rangeClosed(1, lines.size()).mapToObj(Integer::toString).toList();
    assertEquals(numbers, lines, whole.notes()::toString);
    LogText last = LogText.read(cluster, name, WRITER, LogOptions.all().withTail(1), read -> {});
    assertEquals(numbers.get(numbers.size() - 1), last.lines().strip());
    cluster.delete(name);
  }

  private static void signal(Process process, String name) throws Exception {
    String pid = Long.toString(process.pid());
    assertEquals(0, new ProcessBuilder("kill", "-" + name, pid).start().waitFor());
  }
}
