package dev.symphony.commandline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What may come next, and the script that asks. */
class CompletionTest extends OnThisHost {
  private List<String> after(String... words) {
    List<String> args = new ArrayList<>(List.of("__complete"));
    args.addAll(List.of(words));
    Ran ran = run(args.toArray(new String[0]));
    assertEquals(0, ran.code());
    assertEquals("", ran.err());
    List<String> found = new ArrayList<>();
    for (String line : ran.out().split("\n")) {
      if (!line.isEmpty()) {
        found.add(line.indexOf('\t') < 0 ? line : line.substring(0, line.indexOf('\t')));
      }
    }
    return found;
  }

  @Test
  void completesCommandsAndOptionsWithoutACluster() {
    TinyParser tiny = new TinyParser();
    assertEquals(
        "list-experiments\tlist the experiments\n"
            + "list-processes\tshow the processes of an experiment\n",
        Ran.of(tiny, "__complete", "li").out());
    assertEquals("--agents\thow many\n", Ran.of(tiny, "__complete", "create", "--ag").out());
    assertTrue(Ran.of(tiny, "__complete", "--c").out().startsWith("--cluster"));
    assertTrue(Ran.of(tiny, "__complete", "create", "--cl").out().startsWith("--cluster"));
    assertEquals("local\n", Ran.of(tiny, "__complete", "--cluster", "lo").out());
    assertEquals("local\n", Ran.of(tiny, "__complete", "--cluster", "=", "lo").out());
    assertEquals("bash\n", Ran.of(tiny, "__complete", "completion", "b").out());
    assertEquals("json\n", Ran.of(tiny, "__complete", "ls", "-o", "j").out());
    assertEquals("--output=json\n", Ran.of(tiny, "__complete", "ls", "--output=j").out());
    assertEquals("", Ran.of(tiny, "__complete", "nothing", "").out());
    assertEquals(":file\n", Ran.of(tiny, "__complete", "exec", "a", "--", "l").out());
  }

  @Test
  void completesExperimentsProcessesAndServices() {
    ExperimentSpec spec = cluster.newExperiment("rl");
    spec.newProcess("learner").command("sleep", "300").binds("inner").exposes("web");
    spec.newProcessGroup("left").newProcess("worker").command("sleep", "300");
    spec.newProcessGroup("right").newProcess("worker").command("sleep", "300");
    cluster.launch(spec);
    launchSleepers("other", "only");
    run("switch-experiment", "rl");

    assertEquals(List.of("other", "rl"), after("p", ""));
    assertEquals(List.of("other"), after("delete-batch", "rl", "o"));
    assertEquals(
        List.of("left/worker", "left/", "right/worker", "right/", "learner"), after("logs", ""));
    assertEquals(List.of("learner,right/worker", "learner,right/"), after("logs", "learner,r"));
    assertEquals(List.of("only"), after("stop", "other", "-p", ""));
    assertEquals(List.of("other"), after("describe", "learner", "o"));
    assertEquals(List.of("web"), after("visit", ""));
    assertEquals(List.of("learner:"), after("scp", "lea").subList(1, 2));
    assertEquals(List.of(), after("switch-experiment", "rl", ""));
  }

  @Test
  void staysSilentWhereThereIsNothingToComplete() throws IOException {
    assertEquals(List.of(), after("logs", ""));
    Files.writeString(folder.resolve("state"), "a file where the state directory belongs");
    assertEquals(List.of(), after("logs", ""));
    Files.delete(folder.resolve("state"));
  }

  @Test
  void printsAScriptForEachShell() {
    for (String shell : List.of("bash", "zsh", "fish")) {
      Ran ran = run("completion", shell);
      assertEquals(0, ran.code());
      assertTrue(ran.out().contains("own __complete"), ran.out());
      assertFalse(ran.out().contains("FUNCTION"), ran.out());
      assertFalse(ran.out().contains("COMMAND"), ran.out());
      assertFalse(ran.out().contains("NAME"), ran.out());
    }
  }

  @Test
  void bashCompletesWithTheScript() throws Exception {
    launchSleepers("rl", "learner", "agent-0", "agent-1");
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path own = bin.resolve("launch-main");
    Files.writeString(
        own,
        "#!/bin/sh\nexec '"
            + Path.of(System.getProperty("java.home"), "bin", "java")
            + "' -cp '"
            + System.getProperty("java.class.path")
            + "' "
            + LaunchMain.class.getName()
            + " \"$@\"\n");
    assertTrue(own.toFile().setExecutable(true));
    environment.put("PATH", bin + ":" + environment.get("PATH"));

    String script =
        """
        source <(launch-main completion bash)
        complete -p launch-main >&2 || exit 1
        try() {
          COMP_WORDS=(launch-main "$@"); COMP_CWORD=$#
          symphony=_symphony_complete_launch_main
          "$symphony"
          echo "${COMPREPLY[*]}"
        }
        try swi
        try logs age
        try logs --fol
        try --cluster = lo
        compopt() { echo "compopt $*"; }
        try scp lear
        try exec learner -- bi
        """;
    assertEquals(
        "switch-experiment\nagent-0 agent-1\n--follow\nlocal\n"
            + "compopt -o nospace\nlearner:\n"
            + "compopt -o filenames\nbin\n",
        bash(script));
  }

  private String bash(String script) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", script)
            .directory(folder.toFile())
            .redirectError(folder.resolve("bash-errors").toFile());
    builder.environment().putAll(environment);
    Process bash = builder.start();
    String out = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertTrue(bash.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, bash.exitValue(), Files.readString(folder.resolve("bash-errors")));
    return out;
  }
}
