package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.LogOptions;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.State;
import dev.symphony.engine.SymphonyException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The logs of processes, whole and followed, over restarts, rotation and broken connections. */
@ExtendWith(RealCluster.class)
final class KubeLogClusterIT {
  private static final ProcessName WRITER = new ProcessName(null, "writer");

  /** Cuts all connections after each seventy lines, eight times at most. */
  private static void cutNow(CuttingProxy proxy, CharSequence lines) {
    long wanted = Math.min(8, lines.chars().filter(c -> c == '\n').count() / 70);
    if (proxy.times() < wanted) {
      proxy.cut();
    }
  }

  private static LogText read(KubeCluster cluster, String name, LogOptions options) {
    return read(cluster, name, options, lines -> {});
  }

  private static LogText read(
      KubeCluster cluster, String name, LogOptions options, Consumer<CharSequence> afterEach) {
    return LogText.read(cluster, name, WRITER, options, afterEach);
  }

  private static String launch(
      KubeTest test, KubeCluster cluster, RestartPolicy restart, String... lines) {
    String name = test.name("log");
    KubeExperimentSpec experiment = cluster.newExperiment(name);
    experiment
        .newProcess("writer")
        .shell(lines)
        .restart(restart)
        .gracePeriod(Duration.ofSeconds(1))
        .mountEmptyDir("kept", false, "/kept");
    cluster.launch(experiment);
    return name;
  }

  private static void waitForEnd(KubeCluster cluster, String name) {
    KubeTest.waitFor("the end", () -> cluster.describeProcess(name, WRITER).state().hasEnded());
  }

  private static String numbers(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i <= to; i++) {
      lines.append(i).append('\n');
    }
    return lines.toString();
  }

  @Test
  void everyByteIsThereWhileItRunsAndAfterwards(KubeTest test) {
    KubeCluster cluster = test.cluster();
    String name =
        launch(
            test, cluster, RestartPolicy.never(), "seq 1 30000", "printf 'no newline'", "sleep 1");

    LogOptions all = LogOptions.all();
    String whole = numbers(1, 30000) + "no newline";
    // Follows from before the container is there.
    assertEquals(whole, withoutLastBreak(read(cluster, name, all.withFollow(true)).lines()));
    waitForEnd(cluster, name);
    LogText text = read(cluster, name, all);
    assertEquals(whole, withoutLastBreak(text.lines()));
    assertEquals(List.of(), text.notes());
    assertEquals(
        "30000\nno newline", withoutLastBreak(read(cluster, name, all.withTail(2)).lines()));
    assertEquals("", read(cluster, name, all.withTail(0)).lines());
    // The server takes whole seconds.
    KubeTest.waitFor(
        "nothing since a moment ago",
        () -> read(cluster, name, all.withSince(Duration.ofMillis(1))).lines().isEmpty());
    LogText timed = read(cluster, name, all.withTimestamps(true));
    assertEquals(whole, withoutLastBreak(timed.lines()));
    long now = System.currentTimeMillis();
    assertTrue(timed.times().stream().allMatch(t -> t > now - 600_000 && t < now + 60_000));
    assertEquals(
        "writer has had only one attempt: there is no previous log",
        assertThrows(
                SymphonyException.class,
                () -> cluster.logs(name, WRITER, all.withPrevious(true)).close())
            .getMessage());
  }

  /** Whether a last line without a break is given one is the container runtime's choice. */
  private static String withoutLastBreak(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  @Test
  void restartsAreFollowedAndNothingComesTwice(KubeTest test) {
    KubeCluster cluster = test.cluster();
    String name =
        launch(
            test,
            cluster,
            RestartPolicy.onFailure(),
            "f=/kept/n",
            "n=$(cat $f 2>/dev/null | wc -l); n=$((n + 1)); echo x >> $f",
            "for i in 1 2 3; do echo run $n line $i; done",
            // Of runs that end at once a node may keep none until it is asked.
            "sleep 2; [ $n -ge 3 ]");
    String whole =
        "run 1 line 1\nrun 1 line 2\nrun 1 line 3\nrun 2 line 1\nrun 2 line 2\nrun 2 line 3\n"
            + "run 3 line 1\nrun 3 line 2\nrun 3 line 3\n";
    assertEquals(whole, read(cluster, name, LogOptions.all().withFollow(true)).lines());
    assertEquals(State.SUCCEEDED, cluster.describeProcess(name, WRITER).state());

    // A node may remove the container before the last one at any time, and says so.
    LogText later = read(cluster, name, LogOptions.all());
    assertTrue(later.notes().toString().contains("is gone"), later.notes()::toString);
    String third = whole.substring(whole.indexOf("run 3"));
    assertTrue(
        later.lines().equals(third)
            || later.lines().equals(whole.substring(whole.indexOf("run 2"))),
        later.lines());
    assertEquals(
        "run 3 line 2\nrun 3 line 3\n", read(cluster, name, LogOptions.all().withTail(2)).lines());
    LogText previous = read(cluster, name, LogOptions.all().withPrevious(true));
    assertTrue(
        previous.lines().equals("run 2 line 1\nrun 2 line 2\nrun 2 line 3\n")
            || previous.notes().toString().contains("is gone"),
        previous::toString);
  }

  @Test
  void attemptsOfTheUserFollowEachOther(KubeTest test) {
    KubeCluster cluster = test.cluster();
    String name =
        launch(
            test, cluster, RestartPolicy.never(), "echo on $HOSTNAME", "seq 1 5", "exec sleep 300");
    KubeTest.waitFor("lines", () -> read(cluster, name, LogOptions.all()).lines().contains("5\n"));
    cluster.stop(name, List.of());
    String once = "on writer\n" + numbers(1, 5);
    assertEquals(once, read(cluster, name, LogOptions.all().withFollow(true)).lines());
    cluster.start(name, List.of());
    KubeTest.waitFor(
        "both", () -> read(cluster, name, LogOptions.all()).lines().equals(once + once));
    assertEquals(
        "5\non writer\n" + numbers(1, 5),
        read(cluster, name, LogOptions.all().withTail(7)).lines());
    assertEquals(once, read(cluster, name, LogOptions.all().withPrevious(true)).lines());
  }

  @Test
  void followingSurvivesRotationAndSaysAfterwardsWhatIsGone(KubeTest test) throws Exception {
    KubeCluster cluster = test.cluster();
    // Almost what a node keeps in one file, fast, and then slowly on beyond it: where a node
    // rotates
    // amid much at once, its container runtime cuts a line in two.
    String name =
        launch(
            test,
            cluster,
            RestartPolicy.never(),
            "echo ready",
            "until [ -e /kept/begin ]; do sleep 0.1; done",
            "i=0",
            "while [ $i -lt 75000 ]; do i=$((i + 1));"
                + " echo \"$i 0123456789012345678901234567890123456789012345678901234567890123456789"
                + "0123456789012345678901\"; done",
            "j=0",
            "much=$(printf %01000d 0)",
            "until [ -e /kept/end ]; do j=$((j + 1)); echo slow $j $much; sleep 0.1; done",
            // The end of a container kills what was executed in it, which shall end before.
            "sleep 15");
    CountDownLatch follows = new CountDownLatch(1);
    CompletableFuture<LogText> followed =
        KubeTest.async(
            () ->
                read(
                    cluster,
                    name,
                    LogOptions.all().withFollow(true),
                    lines -> follows.countDown()));
    assertTrue(follows.await(1, TimeUnit.MINUTES), "the log is not followed");
    touch(cluster, name, "/kept/begin");
    KubeTest.waitFor(
        "the note of the rotation",
        Duration.ofMinutes(3),
        () ->
            read(cluster, name, LogOptions.all()).notes().toString().contains("its log begins at"));
    touch(cluster, name, "/kept/end");
    String[] lines = followed.get(2, TimeUnit.MINUTES).lines().split("\n");
    assertTrue(lines.length > 75001, () -> "only " + lines.length + " lines");
    assertEquals("ready", lines[0]);
    for (int i = 1; i < lines.length; i++) {
      String wanted = i <= 75000 ? i + " 0123" : "slow " + (i - 75000) + " 0000";
      String line = lines[i];
      assertTrue(line.startsWith(wanted), () -> "wanted " + wanted + ", found " + line);
    }
  }

  private static void touch(KubeCluster cluster, String name, String file) {
    OutputStream nowhere = OutputStream.nullOutputStream();
    InputStream nothing = InputStream.nullInputStream();
    List<String> touch = List.of("touch", file);
    assertEquals(0, cluster.exec(name, WRITER, touch, nothing, nowhere, nowhere));
  }

  @Test
  void brokenConnectionsLoseAndRepeatNothing(KubeTest test) throws Exception {
    try (CuttingProxy proxy = new CuttingProxy(test.access().server())) {
      Path kubeconfig = test.directory().resolve("through-proxy");
      Files.writeString(
          kubeconfig, proxy.kubeconfig(Path.of(test.environment().get("KUBECONFIG"))));
      KubeCluster direct = test.cluster();
      String name =
          launch(
              test,
              direct,
              RestartPolicy.never(),
              "echo ready",
              "until [ -e /kept/begin ]; do sleep 0.1; done",
              "i=0",
              "while [ $i -lt 300 ]; do i=$((i + 1)); echo $i; echo $i; sleep 0.02; done");
      KubeTest.waitFor(
          "the first line", () -> !read(direct, name, LogOptions.all()).lines().isEmpty());
      KubeCluster cluster = test.cluster(builder -> builder.kubeconfig(kubeconfig));
      AtomicBoolean begun = new AtomicBoolean();
      String followed =
          read(
                  cluster,
                  name,
                  LogOptions.all().withFollow(true),
                  lines -> {
                    if (begun.compareAndSet(false, true)) {
                      touch(direct, name, "/kept/begin");
                    }
                    cutNow(proxy, lines);
                  })
              .lines();
      StringBuilder whole = new StringBuilder("ready\n");
      for (int i = 1; i <= 300; i++) {
        whole.append(i).append('\n').append(i).append('\n');
      }
      assertEquals(whole.toString(), followed);
      assertTrue(proxy.times() > 2, "connections were cut");
    }
  }

  @Test
  void whatHasNotStartedSaysWhy(KubeTest test) {
    KubeCluster cluster = test.cluster();
    String name = test.name("log");
    KubeExperimentSpec experiment = cluster.newExperiment(name);
    experiment.newProcess("writer").image("localhost/none:1").command("true");
    cluster.launch(experiment);
    KubeTest.waitFor(
        "a reason",
        () ->
            cluster.describeProcess(name, WRITER).reason() != null
                && cluster.describeProcess(name, WRITER).reason().contains("mage"));
    LogText text = read(cluster, name, LogOptions.all());
    assertEquals("", text.lines());
    assertTrue(text.notes().toString().contains("has not started yet"), text.notes()::toString);
  }
}
