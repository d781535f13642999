package dev.symphony.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as users start it: one jar. */
class SymphonyProgramIT {
  private static final String SPEC =
      "name: rl\nprocesses:\n  - name: a\n    command: [sleep, '300']\n";

  private static final String NAMESPACES =
      """
      {"kind": "NamespaceList", "apiVersion": "v1", "metadata": {}, "items": [{"metadata":
      {"name": "theirs", "uid": "1", "creationTimestamp": "2026-01-31T12:00:00Z", "labels":
      {"app.kubernetes.io/managed-by": "symphony", "symphony.dev/experiment": "theirs",
      "symphony.dev/launch": "1", "symphony.dev/kind": "namespace"}}, "status": {"phase": "Active"}}]}
      """;
  private static final String KUBECONFIG =
      """
      clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
      contexts: [{name: c, context: {cluster: c}}]
      current-context: c
      """;

  @TempDir Path folder;

  private record Ran(int code, String out, String err) {}

  @AfterEach
  void deleteAll() throws Exception {
    for (String backend : List.of("local", "tmux")) {
      symphony("--cluster", backend, "delete-batch", "-f", "*");
    }
    ProcessBuilder end = new ProcessBuilder("tmux", "-L", "__symphony__", "kill-server");
    end.environment().put("TMUX_TMPDIR", folder.toString());
    end.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
  }

  private Ran symphony(String... args) throws Exception {
    return java(List.of(), args);
  }

  private Ran java(List<String> options, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", System.getProperty("symphony.jar")));
    command.addAll(List.of(args));
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
    builder.environment().remove("KUBECONFIG");
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("SYMPHONY_HOME", folder.resolve("state").toString());
    builder.environment().put("SYMPHONY_PORTS", folder.resolve("ports").toString());
    builder.environment().put("TMUX_TMPDIR", folder.toString());
    Process program = builder.start();
    String out = new String(program.getInputStream().readAllBytes(), UTF_8);
    assertTrue(program.waitFor(60, TimeUnit.SECONDS), "the program goes on");
    return new Ran(program.exitValue(), out, Files.readString(err));
  }

  private void launch(String... args) throws Exception {
    Path file = folder.resolve("spec.yaml");
    Files.writeString(file, SPEC);
    List<String> words = new ArrayList<>(List.of("create", file.toString()));
    words.addAll(List.of(args));
    Ran ran = symphony(words.toArray(new String[0]));
    assertEquals(0, ran.code(), ran.err());
  }

  @Test
  void launchesASpecFileAndWatchesIt() throws Exception {
    launch();
    Ran ran = symphony("p", "-o", "name");
    assertEquals("a\n", ran.out());
    // A launch returns before its processes have told that they run.
    long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!symphony("ls").out().contains("RUNNING")) {
      assertTrue(System.nanoTime() < limit, symphony("ls").out());
    }
    assertEquals(0, symphony("stop").code());
    assertEquals(130, symphony("wait").code());
    assertEquals(2, symphony("create").code());
    assertEquals(3, symphony("create", "nothing.yaml").code());
  }

  @Test
  void looksAtTheBackendThatHasExperimentsUnlessTold() throws Exception {
    launch("--cluster", "tmux");
    assertEquals("rl\n", symphony("ls", "-o", "name").out());
    assertEquals("", symphony("ls", "-o", "name", "--cluster", "local").out());
    Files.writeString(folder.resolve(".symphony.yml"), "cluster: local\n");
    assertEquals("", symphony("ls", "-o", "name").out());
    assertEquals("rl\n", symphony("--cluster", "tmux", "ls", "-o", "name").out());
  }

  @Test
  void launchesHereUnlessTold() throws Exception {
    launch("--cluster", "tmux");
    launch();
    assertEquals("rl\n", symphony("ls", "-o", "name", "--cluster", "local").out());
  }

  @Test
  void aClusterWithoutAKubeconfigIsAnErrorAndNothingElseAsksForOne() throws Exception {
    Ran ran = symphony("ls", "--cluster", "kube");
    assertEquals(1, ran.code());
    assertTrue(ran.err().contains("there is no kubeconfig"), ran.err());
    assertEquals(1, ran.err().lines().count());
    assertEquals(0, symphony("ls").code());
    ran = symphony("ls", "--cluster", "local", "--namespace", "team");
    assertEquals(2, ran.code());
    assertTrue(ran.err().contains("backend local has no option 'namespace'"), ran.err());
  }

  @Test
  void deletesByPatternOnASharedClusterOnlyWhereTold() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod());
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, NAMESPACES.length());
          exchange.getResponseBody().write(NAMESPACES.getBytes(UTF_8));
          exchange.close();
        });
    server.start();
    try {
      Path config = folder.resolve(".kube/config");
      Files.createDirectories(config.getParent());
      Files.writeString(config, KUBECONFIG.formatted(server.getAddress().getPort()));
      for (List<String> command :
          List.of(List.of("delete-batch", "-f", "*"), List.of("delete", "--ended", "-f"))) {
        Ran ran = symphony(command.toArray(new String[0]));
        assertEquals(2, ran.code(), ran.err());
        assertTrue(ran.err().contains("add --cluster kube"), ran.err());
      }
      Ran told = symphony("delete-batch", "*", "--dry-run", "--cluster", "kube");
      assertEquals(0, told.code(), told.err());
      assertTrue(told.out().contains("theirs"), told.out());
      assertEquals(Set.of("GET"), Set.copyOf(asked));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void namesTheBackendsThereAre() throws Exception {
    Ran ran = symphony("ls", "--cluster", "cloud");
    assertEquals(2, ran.code());
    assertTrue(ran.err().contains("local, kube, tmux"), ran.err());
  }

  @Test
  void startsWithoutLibrariesThatStartSlowly() throws Exception {
    launch();
    for (String[] command :
        new String[][] {
          {"--help"},
          {"lo"},
          {"--version"},
          {"completion", "bash"},
          {"__complete", "lo"},
          {"ls"},
          {"p"},
          {"logs", "a"},
          {"--cluster", "tmux", "ls"},
          {"delete", "--dry-run"}
        }) {
      List<String> loaded = loadedBy(command);
      assertTrue(loaded.size() > 100, "classes were counted");
      assertNoneIsSlow(loaded, command);
      assertTrue(
          loaded.stream().noneMatch(name -> name.startsWith("sun.misc.Signal")),
          () -> String.join(" ", command) + " handles signals");
      boolean asksNothing = command[0].startsWith("--") && command.length == 1;
      if (asksNothing || command[0].equals("lo") || command[0].equals("completion")) {
        assertTrue(
            loaded.stream().noneMatch(name -> name.startsWith("dev.symphony.engine.Cluster")),
            () -> String.join(" ", command) + " makes a cluster");
      }
    }
  }

  @Test
  void launchesJsonWithoutLibrariesThatStartSlowly() throws Exception {
    String spec = "{\"name\": \"rl\", \"processes\": [{\"name\": \"a\", \"command\": [\"true\"]}]}";
    Files.writeString(folder.resolve("spec.json"), spec);
    String[] create = {"create", "spec.json", "--cluster", "local"};
    assertNoneIsSlow(loadedBy(create), create);
    assertEquals("a\n", symphony("p", "-o", "name").out());
  }

  private static void assertNoneIsSlow(List<String> loaded, String... command) {
    for (String name : loaded) {
      boolean slow =
          name.startsWith("tools.jackson.databind")
              || name.startsWith("com.fasterxml")
              || name.startsWith("org.snakeyaml")
              || name.startsWith("org.slf4j")
              || name.startsWith("java.net.http")
              || (name.startsWith("dev.symphony.kube") && !name.endsWith("KubeProvider"));
      assertTrue(!slow, () -> String.join(" ", command) + " loads " + name);
    }
  }

  private List<String> loadedBy(String... command) throws Exception {
    Path log = folder.resolve("classes.log");
    java(List.of("-Xlog:class+load:file=" + log + "::filecount=0"), command);
    List<String> names = new ArrayList<>();
    for (String line : lines(log)) {
      int start = line.lastIndexOf("] ") + 2;
      int end = line.indexOf(" source:", start);
      if (end > start) {
        names.add(line.substring(start, end));
      }
    }
    return names;
  }

  private static List<String> lines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, UTF_8);
    Files.delete(log);
    return lines;
  }
}
