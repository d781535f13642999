package dev.symphony.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code exec}, {@code scp}, {@code env}, {@code visit} and {@code wait}. */
class PlaceCommandsTest extends OnThisHost {
  @Test
  void execPassesWordsAsTheyAreAndReturnsTheCommandsCode() {
    launchSleepers("rl", "a");
    Ran ran = run("exec", "a", "--", "sh", "-c", "echo \"$0 $SYMPH_PROCESS\"; exit 9", "-f $x");
    assertEquals(9, ran.code(), ran.err());
    assertEquals("-f $x a\n", ran.out());
    assertEquals("-t\n", run("exec", "-it", "a", "--", "echo", "-t").out());
    assertEquals(2, run("exec", "a").code());
    assertEquals(2, run("exec", "a", "--").code());
  }

  @Test
  void execAndSshReadNothingWhereTheInputIsClosed() throws Exception {
    launchSleepers("rl", "a");
    assertEquals("0\n", shell(startOfProgram() + "exec a -- wc -c <&-\n"));
    assertEquals("0\n", shell(startOfProgram() + "exec -it a -- wc -c <&-\n"));
    assertEquals("2\n", shell("echo 12 | " + startOfProgram() + "exec a -- wc -L\n"));
    assertEquals(
        "error: a shell reads commands, and the standard input is closed\n",
        shell(startOfProgram() + "ssh a <&-\n"));
  }

  @Test
  void warnsOfCharactersThatTheLocaleDoesNotKnow() throws Exception {
    launchSleepers("rl", "a");
    assertEquals(
        "warning: characters of the command line are lost, which this locale (ANSI_X3.4-1968) does"
            + " not know: set LC_ALL=C.UTF-8\n",
        shell("LC_ALL=C " + startOfProgram() + "exec a -- true schön\n"));
    assertEquals("", shell("LC_ALL=C " + startOfProgram() + "exec a -- true fine\n"));
    assertEquals(
        "schön \uFFFD\n",
        shell("LC_ALL=C.UTF-8 " + startOfProgram() + "exec a -- echo schön \uFFFD\n"));
  }

  /** Shell words that run the program as users do. */
  private String startOfProgram() {
    StringBuilder words = new StringBuilder();
    environment.forEach(
        (name, value) -> words.append(name).append("='").append(value).append("' "));
    return words
        .append("'")
        .append(Path.of(System.getProperty("java.home"), "bin", "java"))
        .append("' -cp '")
        .append(System.getProperty("java.class.path"))
        .append("' ")
        .append(LaunchMain.class.getName())
        .append(' ')
        .toString();
  }

  @Test
  void scpCopiesThereAndBack() throws IOException {
    launchSleepers("rl", "a");
    Path here = Files.writeString(folder.resolve("here"), "content");
    Path there = folder.resolve("there");
    Ran ran = run("scp", here.toString(), "a:" + there);
    assertEquals(0, ran.code(), ran.err());
    assertEquals("content", Files.readString(there));
    assertEquals(0, run("cp", "a:" + there, folder.resolve("back").toString()).code());
    assertEquals("content", Files.readString(folder.resolve("back")));
    assertEquals(2, run("scp", "./a:b", "/x").code());
    assertEquals(2, run("scp", "a:", "/x").code());
    assertEquals(3, run("scp", "zzz:/x", "/x").code());
  }

  @Test
  void envPrintsWhatAShellReadsBackWithSecretsByReference() throws Exception {
    Path token = Files.writeString(folder.resolve("it's a token"), "from file\n");
    environment.put("OUTSIDE", "from outside");
    cluster.close();
    cluster = newCluster();
    ExperimentSpec spec = cluster.newExperiment("rl");
    spec.newProcess("a")
        .command("sleep", "300")
        .env("NASTY", "it's $HOME; \"#\\ \nsecond line ä")
        .secret("BY_ENV", Secret.env("OUTSIDE"))
        .secret("BY_FILE", Secret.file(token))
        .secret("LITERAL", Secret.of("hidden-value"));
    cluster.launch(spec);

    Ran ran = run("env", "a");

    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("export BY_ENV=\"$OUTSIDE\"\n"), ran.out());
    assertTrue(ran.out().contains("# LITERAL is a secret"), ran.out());
    assertFalse(ran.out().contains("hidden-value"), ran.out());
    assertFalse(ran.out().contains("from outside"), ran.out());
    assertEquals(
        "it's $HOME; \"#\\ \nsecond line ä|from outside|from file|a",
        shell(
            ran.out()
                + "printf '%s|%s|%s|%s' \"$NASTY\" \"$BY_ENV\" \"$BY_FILE\" "
                + "\"$SYMPH_PROCESS\""));
  }

  private String shell(String script) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sh").redirectErrorStream(true);
    builder.environment().put("OUTSIDE", "from outside");
    Process sh = builder.start();
    try (var in = sh.getOutputStream()) {
      in.write(script.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    String out =
        new String(sh.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertTrue(sh.waitFor(60, TimeUnit.SECONDS));
    return out;
  }

  @Test
  void visitListsOpensAndPrintsAddresses() throws Exception {
    ExperimentSpec spec = cluster.newExperiment("rl");
    spec.newProcess("a").command("sleep", "300").binds("inner").exposes("web", 21150);
    cluster.launch(spec);
    assertTrue(run("visit").out().contains("http://127.0.0.1:21150"), run("visit").out());
    assertFalse(run("visit").out().contains("inner"));
    assertEquals("http://127.0.0.1:21150\n", run("visit", "web", "-u").out());
    Ran noBrowser = run("visit", "web");
    assertEquals(0, noBrowser.code());
    assertTrue(noBrowser.error().contains("no browser"), noBrowser.err());
    assertEquals(3, run("visit", "inner").code());

    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path opened = folder.resolve("opened");
    Path opener = bin.resolve("xdg-open");
    Files.writeString(
        opener,
        "#!/bin/sh\necho \"$1\" > '" + opened + ".t'\nmv '" + opened + ".t' '" + opened + "'\n");
    assertTrue(opener.toFile().setExecutable(true));
    environment.put("DISPLAY", ":9");
    environment.put("PATH", bin + ":" + environment.get("PATH"));
    assertEquals("", run("visit", "web").err());
    Eventually.holds("the browser was opened", () -> Files.exists(opened));
    assertEquals("http://127.0.0.1:21150\n", Files.readString(opened));
  }

  @Test
  void previousOfSeveralShowsThoseThatHaveOne() {
    ExperimentSpec spec = cluster.newExperiment("rl");
    spec.newProcess("again").shell("echo twice", "exit 1").restart(RestartPolicy.onFailure(1));
    spec.newProcess("once").shell("echo once");
    cluster.launch(spec);
    run("wait");
    Ran ran = run("logs", "--all", "--previous");
    assertEquals(1, ran.code());
    assertEquals("again | twice\n", ran.out());
    assertEquals(
        "cannot read the log of once: once has had only one attempt: there is no previous log\n",
        ran.err());
    assertEquals(
        "error: once has had only one attempt: there is no previous log",
        run("logs", "once", "--previous").error());
  }

  @Test
  void pathsOfLogsAreNoJson() {
    launchSleepers("rl", "a");
    assertEquals(
        cluster.logFile("rl", ProcessName.parse("a")) + "\n", run("logs", "a", "--path").out());
    Ran json = run("logs", "a", "--path", "-o", "json");
    assertEquals(2, json.code());
    assertEquals("error: --path prints a line a file: leave out -o json", json.error());
  }

  @Test
  void waitEndsWithTheVerdictAndTheEndOfTheFirstFailuresLog() {
    ExperimentSpec spec = cluster.newExperiment("rl");
    spec.newProcess("good").shell("sleep 0.1");
    spec.newProcess("bad").shell("seq 1 30", "exit 3");
    cluster.launch(spec);
    Ran ran = run("wait");
    assertEquals(3, ran.code(), ran.err());
    assertEquals("", ran.out());
    assertTrue(ran.err().startsWith("failed: bad with exit code 3 (Error)\n"), ran.err());
    assertTrue(ran.err().contains("bad | 11\n"), ran.err());
    assertFalse(ran.err().contains("bad | 10\n"), ran.err());
    assertTrue(
        ran.err().endsWith("experiment rl FAILED: bad failed first with exit code 3 (Error)\n"),
        ran.err());
    assertEquals(0, run("wait", "-p", "good").code());
    assertEquals(0, run("wait", "--exit-code-from", "good").code());
  }

  @Test
  void waitTimesOutEndsAtAFailureAndTellsOfAStop() {
    ExperimentSpec spec = cluster.newExperiment("rl");
    spec.newProcess("long").shell("sleep 300");
    spec.newProcess("bad").shell("exit 5");
    cluster.launch(spec);
    assertEquals(124, run("wait", "-p", "long", "--timeout", "1").code());
    assertEquals(5, run("wait", "--fail-fast").code());
    assertEquals(5, run("wait", "--fail-fast", "--exit-code-from", "long").code());
    assertEquals(
        124, run("wait", "-p", "bad", "--exit-code-from", "long", "--timeout", "1").code());
    cluster.delete("rl");
    launchSleepers("rl", "a");
    run("stop", "rl");
    Ran stopped = run("wait");
    assertEquals(130, stopped.code());
    assertTrue(stopped.err().contains("STOPPED"), stopped.err());
  }
}
