package dev.symphony.commandline.internal.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.commandline.internal.view.Format;
import dev.symphony.commandline.internal.view.Terminal;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.spi.ClusterContext;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queries over real processes of the local backend. */
class LocalQueriesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Cluster cluster;
  private Session session;

  @BeforeEach
  void create() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", folder.toString());
    environment.put("SYMPHONY_HOME", folder.resolve("state").toString());
    environment.put("SYMPHONY_PORTS", folder.resolve("ports").toString());
    environment.put("SYMPHONY_PORT_RANGE", "19300-19399");
    cluster = Cluster.of("local", Map.of(), ClusterContext.of(environment, folder));
    session =
        new Session(
            Terminal.of(InputStream.nullInputStream(), out, err, environment),
            cluster,
            InstantSource.system());
  }

  @AfterEach
  void deleteAll() {
    cluster.deleteBatch(cluster.listExperiments());
    cluster.close();
  }

  @Test
  void followsSeveralProcessesUntilTheyHaveEnded() throws Exception {
    Path gate = folder.resolve("gate");
    ExperimentSpec rl = cluster.newExperiment("rl");
    rl.newProcess("first").shell("echo one", "until test -e gate; do sleep 0.05; done", "echo two");
    rl.newProcess("second").shell("echo a", "touch gate", "printf b");
    LaunchPlan plan = cluster.launch(rl);
    int code =
        new ShowLogs(session)
            .run("rl", plan.processNames(), LogOptions.all().withFollow(true), false);
    assertEquals(0, code, err::toString);
    assertTrue(Files.exists(gate));
    List<String> lines = List.of(out.toString(UTF_8).split("\n"));
    assertEquals(4, lines.size(), out::toString);
    assertTrue(lines.indexOf("first  | one") < lines.indexOf("first  | two"), out::toString);
    assertTrue(lines.contains("second | a") && lines.contains("second | b"), out::toString);
  }

  @Test
  void followsAProcessThroughItsRestarts() throws Exception {
    ExperimentSpec rl = cluster.newExperiment("rl");
    rl.newProcess("a")
        .shell("echo attempt", "test -e done || { touch done; exit 7; }")
        .restart(RestartPolicy.onFailure(3));
    cluster.launch(rl);
    new ShowLogs(session).run("rl", List.of(name("a")), LogOptions.all().withFollow(true), false);
    assertEquals("attempt\nattempt\n", out.toString(UTF_8));
  }

  @Test
  void oneLogPassesByteByByte() throws Exception {
    byte[] bytes = new byte[300_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    Files.write(folder.resolve("bytes"), bytes);
    ExperimentSpec rl = cluster.newExperiment("rl");
    rl.newProcess("a").command("cat", "bytes");
    cluster.launch(rl);
    cluster.await("rl", List.of(), LIMIT, false, failure -> {});
    new ShowLogs(session).run("rl", List.of(name("a")), LogOptions.all(), false);
    assertArrayEquals(bytes, out.toByteArray());
    out.reset();
    new ShowLogs(session).paths("rl", List.of(name("a")));
    assertArrayEquals(bytes, Files.readAllBytes(Path.of(out.toString(UTF_8).trim())));
  }

  @Test
  void watchesUntilTheVerdict() {
    ExperimentSpec rl = cluster.newExperiment("rl");
    rl.newProcess("good").command("true");
    rl.newProcess("bad").shell("exit 3");
    cluster.launch(rl);
    new ListProcesses(session).watch("rl", Format.JSON);
    String[] lines = out.toString(UTF_8).split("\n");
    String last = lines[lines.length - 1];
    assertTrue(last.startsWith("{\"type\":\"experiment\",\"experiment\":\"rl\""), last);
    assertTrue(last.contains("\"outcome\":\"FAILED\",\"first\":\"bad\",\"exitCode\":3"), last);
    out.reset();
    new ListExperiments(session).run(Format.TABLE);
    assertTrue(out.toString(UTF_8).contains("rl    FAILED  2"), out::toString);
    out.reset();
    new ListProcesses(session).run("rl", Format.TABLE);
    assertTrue(
        out.toString(UTF_8).contains("bad   0      0         failed (3) after"), out::toString);
  }

  @Test
  void describesWhatRuns() {
    ExperimentSpec rl = cluster.newExperiment("rl");
    rl.newProcess("server").command("sleep", "600").env("A", "b c").exposes("board");
    LaunchPlan plan = cluster.launch(rl);
    new DescribeProcess(session).run("rl", name("server"), Format.TABLE);
    String text = out.toString(UTF_8);
    assertTrue(text.contains("\nCommand:      sleep 600\n"), text);
    assertTrue(text.contains("A=b c\n"), text);
    assertTrue(text.contains(plan.services().get(0).url() + ", exposed\n"), text);
    out.reset();
    LaunchSummary.print(plan, "myproject", session.terminal().out());
    assertTrue(
        out.toString(UTF_8)
            .startsWith("launched rl on local: server\n  board at http://127.0.0.1:"),
        out::toString);
  }

  private static ProcessName name(String name) {
    return ProcessName.parse(name);
  }
}
