package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every process gets exactly the environment, arguments and limits that it should. */
public abstract class EnvironmentPromises extends Promises {
  private static final List<String> NASTY =
      List.of(
          "two  words ",
          "'single' \"double\" `back`",
          "$HOME ${HOME} $(touch RAN) `touch RAN`",
          "a; touch RAN; #(touch RAN) #{host} %n %d \\n \\",
          "; touch RAN",
          "ends in ;",
          "new\nline\n\nand\ttab\r",
          "-n",
          "*",
          "~",
          "!!",
          "größer 日本 \uD83D\uDE00",
          "\u0007\u001b[31m",
          "");

  /** Writes its environment, then a line that says the file is whole. */
  private ProcessSpec dumping(ExperimentSpec experiment, String name) {
    return experiment
        .newProcess(name)
        .command("sh", "-c", "env -0 >\"$0.part\"; mv \"$0.part\" \"$0\"", file(name).toString());
  }

  private Map<String, String> environmentOf(String name) throws IOException {
    Map<String, String> variables = new HashMap<>();
    String text = Files.readString(file(name), StandardCharsets.UTF_8);
    for (String entry : text.split("\0")) {
      int equals = entry.indexOf('=');
      variables.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
    return variables;
  }

  @Test
  void valuesAndArgumentsArriveAsTheyAreAndNothingInThemIsExecuted() throws Exception {
    ExperimentSpec experiment = experiment();
    ProcessSpec process = dumping(experiment, "env");
    for (int i = 0; i < NASTY.size(); i++) {
      process.env("NASTY_" + i, NASTY.get(i));
      environment.put("GIVEN_" + i, NASTY.get(i));
    }
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of("sh", "-c", "printf '%s\\0' \"$@\" >\"$0\"", file("args").toString()));
    argv.addAll(NASTY);
    experiment.newProcess("args").command(argv);
    Path odd = Files.createDirectory(file("it's a $(touch RAN) `;#%n\" folder"));
    experiment.newProcess("odd").workingDirectory(odd.toString()).shell("pwd >here");
    experiment.newProcess("home").workingDirectory("~").shell("pwd >here");
    cluster = open(context());
    cluster.launch(experiment);
    assertEquals(0, ended().exitCode());
    Map<String, String> got = environmentOf("env");
    for (int i = 0; i < NASTY.size(); i++) {
      assertEquals(NASTY.get(i), got.get("NASTY_" + i));
      assertEquals(NASTY.get(i), got.get("GIVEN_" + i));
    }
    assertEquals(
        String.join("\0", NASTY) + "\0", Files.readString(file("args"), StandardCharsets.UTF_8));
    assertEquals(odd + "\n", Files.readString(odd.resolve("here")));
    assertEquals(dir.resolve("home") + "\n", Files.readString(dir.resolve("home/here")));
    assertFalse(below(dir).stream().anyMatch(name -> name.endsWith("/RAN")));
  }

  @Test
  void largeEnvironmentsArriveAndWhatNoProgramCanTakeIsRefusedByName() throws Exception {
    ExperimentSpec experiment = experiment();
    ProcessSpec process = dumping(experiment, "env");
    String large = "0123456789 'quoted' ".repeat(1000);
    for (int i = 0; i < 10; i++) {
      process.env("LARGE_" + i, large + i);
    }
    cluster.launch(experiment);
    assertEquals(0, ended().exitCode());
    Map<String, String> got = environmentOf("env");
    for (int i = 0; i < 10; i++) {
      assertEquals(large + i, got.get("LARGE_" + i));
    }

    ExperimentSpec tooLarge = cluster.newExperiment("too-large");
    tooLarge.newProcess("first").command("true").env("BIG", "x".repeat(131_072));
    tooLarge.newProcess("second").command("true", "x".repeat(131_072));
    tooLarge.newProcess("third").shell("true " + "x".repeat(131_072));
    String message = refusal(() -> cluster.launch(tooLarge));
    for (String part : List.of("first", "BIG", "second", "an argument", "third", "128 KiB")) {
      assertTrue(message.contains(part), part + " is missing in: " + message);
    }
    assertTrue(message.length() < 2000, "the value itself is not shown");
    ExperimentSpec nul = cluster.newExperiment("nul");
    assertTrue(refusalInOneLine(() -> nul.newProcess("p").env("ZERO", "a\0b")).contains("ZERO"));
    refusalInOneLine(() -> nul.newProcess("q").command("a\0b"));
    refusalInOneLine(() -> nul.newProcess("r").env("A=B", ""));
  }

  @Test
  void theLaunchingProgramsEnvironmentArrivesAndNoMore() throws Exception {
    environment.put("STALE", "of an earlier launch");
    ExperimentSpec earlier = open(context()).newExperiment("earlier");
    earlier.newProcess("p").command("sleep", "600");
    open(context()).launch(earlier);
    environment.remove("STALE");
    environment.put("SYMPH_S_HOST", "outer");
    environment.put("SYMPH_S_PORT", "1");
    environment.put("SYMPH_REPLICA_INDEX", "77");
    environment.put("SYMPH_OTHER_ADDR", "outer:2");
    environment.put("SYMPHONY_RUN", "outer.0");
    environment.put("IFS", ":0");
    environment.put("PS4", "$(touch RAN)");
    environment.put("KEPT", "kept");
    environment.put("TAKEN", "taken");
    cluster = open(context());
    ExperimentSpec experiment = experiment();
    dumping(experiment, "all").binds("s").env("KEPT", "replaced").env("CDPATH", "/");
    dumping(experiment, "few").inheritEnv(false).passEnv("TAKEN", "NOT_SET").env("OWN", "1");
    int port = cluster.launch(experiment).services().get(0).port();
    assertEquals(0, ended().exitCode());

    Map<String, String> all = environmentOf("all");
    Map<String, String> wanted = new HashMap<>(environment);
    wanted.keySet().removeIf(name -> name.startsWith("SYMPH_"));
    wanted.put("KEPT", "replaced");
    wanted.put("CDPATH", "/");
    wanted.put("PYTHONUNBUFFERED", "1");
    wanted.put("SYMPH_EXPERIMENT", NAME);
    wanted.put("SYMPH_PROCESS", "all");
    wanted.put("SYMPH_PROCESS_GROUP", "");
    wanted.put("SYMPH_BACKEND", backend());
    wanted.put("SYMPH_S_HOST", "127.0.0.1");
    wanted.put("SYMPH_S_PORT", port + "");
    wanted.put("SYMPH_S_ADDR", "127.0.0.1:" + port);
    wanted.put("SYMPH_S_ADVERTISE", "127.0.0.1:" + port);
    // What a shell, a terminal and Symphony itself say for themselves.
    Set<String> own =
        Set.of("IFS", "PWD", "OLDPWD", "SHLVL", "_", "SYMPHONY_RUN", "TERM", "TMUX", "TMUX_PANE");
    Set<String> names = new HashSet<>(wanted.keySet());
    names.addAll(all.keySet());
    names.removeAll(own);
    for (String name : names) {
      assertEquals(wanted.get(name), all.get(name), name);
    }
    assertFalse(all.get("SYMPHONY_RUN").contains("outer"));

    Map<String, String> few = environmentOf("few");
    assertEquals("taken", few.get("TAKEN"));
    assertEquals("1", few.get("OWN"));
    assertEquals(environment.get("PATH"), few.get("PATH"));
    assertEquals(environment.get("HOME"), few.get("HOME"));
    assertNull(few.get("KEPT"));
    assertNull(few.get("NOT_SET"));
    assertNull(few.get("IFS"));
    assertEquals("127.0.0.1", few.get("SYMPH_S_HOST"));
    assertNull(few.get("SYMPH_S_ADVERTISE"));
    assertFalse(Files.exists(file("RAN")));
  }

  @Test
  void groupsAndReplicasAreToldWhoTheyAreAndPythonPrintsAtOnceUnlessTheUserSaysOtherwise()
      throws Exception {
    environment.put("PYTHONUNBUFFERED", "");
    cluster = open(context());
    ExperimentSpec experiment = experiment();
    experiment.preamble("export COMMON=1; cd " + dir);
    experiment
        .newProcessGroup("team")
        .preamble("export COMMON=$COMMON-2")
        .newProcesses(
            "worker",
            2,
            (worker, i) ->
                worker.shell(
                    "echo $SYMPH_PROCESS_GROUP/$SYMPH_PROCESS $SYMPH_REPLICA_INDEX of"
                        + " $SYMPH_REPLICA_COUNT $COMMON $PWD ${PYTHONUNBUFFERED-unset}."));
    experiment.newProcess("worker-0").inheritEnv(false).shell("echo $PYTHONUNBUFFERED $COMMON");
    experiment.newProcess("argv").command("sh", "-c", "echo $COMMON \"$1\"", "sh", "a  b");
    experiment.newProcess("stops").shell("echo one", "false", "echo two");
    cluster.launch(experiment);
    ended();
    assertEquals("team/worker-0 0 of 2 1-2 " + dir + " .\n", log("team/worker-0"));
    assertEquals("team/worker-1 1 of 2 1-2 " + dir + " .\n", log("team/worker-1"));
    assertEquals("1 1\n", log("worker-0"));
    assertEquals("1 a  b\n", log("argv"));
    assertEquals("one\n", log("stops"));
    assertEquals(1, status("stops").exitCode());
  }

  @Test
  void umaskOpenFilesAndIgnoredSignalsAreThoseOfTheLaunchingProgram() throws Exception {
    List<String> launch =
        Jvm.command(
            LaunchingProgram.class,
            backend(),
            LaunchingProgram.join(options()),
            "1",
            "{ umask; ulimit -Sn; grep SigIgn /proc/self/status; } >limits.part;"
                + " mv limits.part limits; exec sleep 600",
            NAME);
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of("sh", "-c", "umask 0027; ulimit -Sn 777; trap '' HUP INT; \"$@\"; exit $?", "sh"));
    command.addAll(launch);
    try (Jvm program = Jvm.start(command, environment, work())) {
      assertEquals("ready", program.line());
      program.tell("go");
      assertTrue(program.line().startsWith("launched"));
      assertEquals(0, program.code());
    }
    Eventually.that("limits", () -> Files.exists(file("limits")));
    List<String> limits = Files.readAllLines(file("limits"));
    assertEquals("0027", limits.get(0));
    assertEquals("777", limits.get(1));
    long ignored = Long.parseLong(limits.get(2).replaceFirst("SigIgn:\\s*", ""), 16);
    assertEquals(0b11, ignored & 0b0100_0000_0000_0111, limits.get(2));
  }
}
