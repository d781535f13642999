package dev.symphony.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as one file that starts itself, and the archive that it starts faster with. */
class ExecutableIT {
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
  private static final Ran EMPTY = new Ran(0, "", "no experiments on local\n");

  @TempDir Path folder;

  /** A Java home that notes how Java is started. */
  private Path java;

  private final Map<String, String> environment = new TreeMap<>();

  private record Ran(int code, String out, String err) {}

  @BeforeEach
  void makeJava() throws IOException {
    java = folder.resolve("java");
    script(
        java.resolve("bin/java"),
        "printf '%s\\n' \"$*\" >>'" + folder + "/started'",
        "exec '" + JAVA_HOME.resolve("bin/java") + "' \"$@\"");
    Files.copy(JAVA_HOME.resolve("release"), java.resolve("release"));
    environment.put("HOME", folder.toString());
    // Beside other tests, what is nice to them would hardly get on.
    script(folder.resolve("tool/nice"), "exec \"$@\"");
    environment.put("PATH", folder.resolve("tool") + ":/usr/bin:/bin");
    environment.put("JAVA_HOME", java.toString());
    environment.put("SYMPHONY_HOME", folder.resolve("state").toString());
    environment.put("SYMPHONY_PORTS", folder.resolve("ports").toString());
    environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
  }

  /** Nothing may write into the folder any more when it is removed. */
  @AfterEach
  void awaitArchive() throws Exception {
    if (Files.isDirectory(cache())) {
      waitFor("no archive is being made", () -> cached(".new").isEmpty());
    }
  }

  @Test
  void runsFromWhereverItIsCalled() throws Exception {
    Path place = Files.createDirectories(folder.resolve("with a space"));
    Path program = install(place);
    assertEquals(EMPTY, run(program.toString(), "ls", "--cluster", "local"));
    assertEquals(EMPTY, run("./with a space/symphony", "ls", "--cluster", "local"));
    Path link = Files.createSymbolicLink(folder.resolve("sy"), Path.of("with a space/symphony"));
    Ran ran = run(link.toString(), "nonsense");
    assertEquals(2, ran.code());
    assertTrue(ran.err().endsWith("(try 'symphony --help')\n"), ran.err());
    environment.put("PATH", place + ":/usr/bin:/bin");
    ran = run("symphony", "completion", "bash");
    assertTrue(ran.out().contains("symphony __complete"), ran.out());
    ran = run(java.resolve("bin/java").toString(), "-jar", program.toString(), "--version");
    assertTrue(ran.out().startsWith("symphony "), ran.out());
  }

  @Test
  void makesAnArchiveBehindTheFirstUseAndTakesItFromThenOn() throws Exception {
    Path program = install(folder);
    assertEquals(EMPTY, run(program.toString(), "ls", "--cluster", "local"));
    waitFor("an archive", () -> cached(".key").size() == 1);
    awaitArchive();
    List<Path> left = cached("");
    assertEquals(2, left.size(), left::toString);
    Path archive = left.get(0);
    assertTrue(Files.size(archive) > 1_000_000, "it holds classes");
    assertFalse(Files.exists(folder.resolve("state")), "the user's state stays untouched");

    assertTrue(takesArchive(program));
    Files.write(folder.resolve("started"), new byte[0]);
    environment.put("JDK_JAVA_OPTIONS", "-XX:+UseParallelGC");
    Ran ran = run(program.toString(), "ls", "--cluster", "local");
    assertEquals(0, ran.code(), ran.err());
    assertFalse(Files.readString(folder.resolve("started")).contains("GC"), "its own is used");
    environment.remove("JDK_JAVA_OPTIONS");

    // One for another jar is not taken, nor one that is not as it was made.
    Files.setLastModifiedTime(program, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
    assertFalse(takesArchive(program));
    waitFor("another archive", () -> takesArchive(program));
    awaitArchive();
    assertEquals(2, cached("").size());
    Files.write(archive, new byte[5000]);
    assertFalse(takesArchive(program));
    waitFor("an archive in its place", () -> takesArchive(program));
  }

  @Test
  void manyFirstUsesMakeOneArchive() throws Exception {
    Path program = install(folder);
    List<Process> uses = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      uses.add(start(folder.resolve("err" + i), program.toString(), "--version"));
    }
    for (int i = 0; i < uses.size(); i++) {
      uses.get(i).getInputStream().readAllBytes();
      assertEquals(0, uses.get(i).waitFor());
      assertEquals("", Files.readString(folder.resolve("err" + i)));
    }
    waitFor("an archive", () -> cached(".key").size() == 1);
    waitFor("nobody makes another", () -> cached(".new").isEmpty());
    try (Stream<String> started = Files.lines(folder.resolve("started"))) {
      assertEquals(1, started.filter(line -> line.contains("__rehearse")).count());
    }
  }

  @Test
  void runsWithoutAPlaceForTheArchive() throws Exception {
    Path program = install(folder);
    Files.writeString(folder.resolve("cache"), "a file");
    assertEquals(EMPTY, run(program.toString(), "ls", "--cluster", "local"));
    environment.remove("XDG_CACHE_HOME");
    environment.remove("HOME");
    assertEquals(EMPTY, run(program.toString(), "ls", "--cluster", "local"));
  }

  @Test
  void saysWhichJavaItTakes() throws Exception {
    String program = install(folder).toString();
    environment.put("JAVA_HOME", "/no/such");
    refuses(program, "symphony: JAVA_HOME is /no/such, which has no bin/java");

    environment.put("JAVA_HOME", java.toString());
    Files.writeString(java.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    refuses(program, "symphony: Java 17 or newer is needed, and " + java + "/bin/java is 11.0.2");

    environment.remove("JAVA_HOME");
    Path old = folder.resolve("old/java");
    script(old, "echo 'openjdk version \"1.8.0_392\"' >&2");
    environment.put("PATH", old.getParent() + ":/usr/bin:/bin");
    refuses(program, "symphony: Java 17 or newer is needed, and " + old + " is 1.8.0_392");

    Path tools = Files.createDirectories(folder.resolve("tools"));
    Files.createSymbolicLink(tools.resolve("sh"), Path.of("/bin/sh"));
    environment.put("PATH", tools.toString());
    refuses(program, "symphony: there is no java on the PATH");
  }

  @Test
  void isInstalledFromAnArchive() throws Exception {
    Path built = Path.of(System.getProperty("symphony.jar")).getParent();
    List<Path> archives;
    try (Stream<Path> files = Files.list(built)) {
      archives = files.filter(file -> file.toString().endsWith(".tar.gz")).toList();
    }
    assertEquals(1, archives.size(), archives::toString);
    Path local = Files.createDirectories(folder.resolve("local"));
    String archive = archives.get(0).toString();
    Ran ran = run("tar", "-xzf", archive, "--strip-components=1", "-C", local.toString());
    assertEquals(new Ran(0, "", ""), ran);
    environment.put("PATH", local.resolve("bin") + ":/usr/bin:/bin");
    assertEquals(EMPTY, run("symphony", "ls", "--cluster", "local"));
    Path share = local.resolve("share");
    assertEquals(
        run("symphony", "completion", "bash").out(),
        Files.readString(share.resolve("bash-completion/completions/symphony")));
    Path zsh = share.resolve("zsh/site-functions/_symphony");
    assertTrue(Files.readString(zsh).startsWith("#compdef symphony\n"));
    assertTrue(Files.size(share.resolve("fish/vendor_completions.d/symphony.fish")) > 0);
    assertTrue(Files.size(share.resolve("doc/symphony/LICENSE")) > 0);
  }

  private void refuses(String program, String message) throws Exception {
    Ran ran = run(program, "ls");
    assertEquals(1, ran.code());
    assertTrue(ran.err().startsWith(message), ran.err());
    assertEquals(1, ran.err().lines().count(), ran.err());
  }

  private boolean takesArchive(Path program) throws Exception {
    Path started = folder.resolve("started");
    Files.deleteIfExists(started);
    assertEquals(EMPTY, run(program.toString(), "ls", "--cluster", "local"));
    try (Stream<String> lines = Files.lines(started)) {
      return lines
          .filter(line -> line.endsWith(" ls --cluster local"))
          .allMatch(line -> line.contains("-XX:SharedArchiveFile="));
    }
  }

  private Path install(Path place) throws IOException {
    return Files.copy(
        Path.of(System.getProperty("symphony.jar").replaceFirst("\\.jar$", "")),
        place.resolve("symphony"));
  }

  private static void script(Path file, String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  private Path cache() {
    return folder.resolve("cache/symphony");
  }

  private List<Path> cached(String ending) throws IOException {
    if (!Files.isDirectory(cache())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(cache())) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void waitFor(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(6).toNanos();
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < end, "did not happen within six minutes: " + what);
      Thread.sleep(50);
    }
  }

  private Process start(Path err, String... command) throws IOException {
    List<String> words = new ArrayList<>(List.of("/usr/bin/env", "-i"));
    environment.forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(List.of(command));
    return new ProcessBuilder(words).directory(folder.toFile()).redirectError(err.toFile()).start();
  }

  private Ran run(String... command) throws Exception {
    Path err = folder.resolve("err");
    Process process = start(err, command);
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the program goes on");
    return new Ran(process.exitValue(), out, Files.readString(err));
  }
}
