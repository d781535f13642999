package dev.symphony.commandline.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.commandline.internal.view.Format;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.State;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListProcessesTest {
  @TempDir Path folder;
  private Given given;

  @BeforeEach
  void give() {
    given = new Given(folder);
    given.cluster.add(
        Given.experiment(
            "rl",
            Given.running("nonagent/learner", "PT23H12M"),
            Given.status(
                "nonagent/replay",
                State.RUNNING,
                null,
                null,
                false,
                3,
                1,
                null,
                Given.ago("PT5M"),
                null),
            Given.ended("agent-0", State.SUCCEEDED, 0, null, null, null),
            Given.ended("agent-1", State.FAILED, 137, 9, "SignalKilled", null),
            Given.ended("agent-2", State.FAILED, 1, null, "Error", "no module named 'torch'"),
            Given.ended("agent-3", State.STOPPED, 143, 15, null, null),
            Given.waiting("agent-4", State.PENDING, "BackOff", "backing off 8s"),
            Given.waiting("agent-5", State.WAITING, null, "waits for replay-server"),
            Given.waiting("agent-6", State.UNKNOWN, "RunsOn", "host-a"),
            Given.ended("agent-7", State.FAILED, null, null, "Lost", "its wrapper was killed")));
    given.cluster.services.add(
        new ServiceAddress(
            "tensorboard", ProcessName.parse("nonagent/learner"), "127.0.0.1", 7003, true));
    given.cluster.services.add(
        new ServiceAddress(
            "replay-server", ProcessName.parse("nonagent/replay"), "::1", 7001, false));
  }

  @Test
  void saysWhereEachProcessStandsAndWhy() {
    new ListProcesses(given.session()).run("rl", Format.TABLE);
    assertEquals(
        """
        Group     Name     Ready  Restarts  State
        nonagent  learner  1      0         running: 23.2h
        nonagent  replay   0      3         running: 5m
                  agent-0  0      0         succeeded after 5m
                  agent-1  0      0         failed (137) after 5m: SignalKilled
                  agent-2  0      0         failed (1) after 5m: no module named 'torch'
                  agent-3  0      0         stopped after 5m
                  agent-4  0      0         pending: backing off 8s
                  agent-5  0      0         waiting: waits for replay-server
                  agent-6  0      0         unknown: RunsOn: host-a
                  agent-7  0      0         failed after 5m: Lost: its wrapper was killed
        """,
        given.out());
    assertEquals("", given.err());
  }

  @Test
  void wideHasAColumnForEverything() {
    new ListProcesses(given.session()).run("rl", Format.WIDE);
    String[] lines = given.out().split("\n");
    assertEquals(
        "Group     Name     Ready  Restarts  State                  Exit  Signal  Reason        "
            + "Start                 End                   Services                    Message",
        lines[0]);
    assertEquals(
        "nonagent  learner  1      0         running: 23.2h         -     -       -             "
            + "2026-01-30T12:48:00Z  -                     tensorboard=127.0.0.1:7003  -",
        lines[1]);
    assertEquals(
        "          agent-1  0      0         failed (137) after 5m  137   9       SignalKilled  "
            + "2026-01-31T11:45:00Z  2026-01-31T11:50:00Z  -                           -",
        lines[4]);
    assertTrue(lines[2].contains("replay-server=[::1]:7001"), lines[2]);
  }

  @Test
  void namesOnlyAreWholeNames() {
    new ListProcesses(given.session()).run("rl", Format.NAME);
    assertTrue(given.out().startsWith("nonagent/learner\nnonagent/replay\nagent-0\n"), given.out());
  }

  @Test
  void jsonIsTheDocumentedDocument() {
    given.cluster.add(
        Given.experiment(
            "short", Given.ended("g/a", State.FAILED, 137, 9, "SignalKilled", "out of\nluck")));
    new ListProcesses(given.session()).run("short", Format.JSON);
    assertEquals(
        """
        {
          "experiment": "short",
          "backend": "given",
          "launchId": "id-short",
          "created": "2026-01-30T11:00:00.000Z",
          "state": "FAILED",
          "verdict": {
            "outcome": "FAILED",
            "first": "g/a",
            "exitCode": 137,
            "reason": "SignalKilled",
            "message": "g/a failed first with exit code 137 (SignalKilled)"
          },
          "deleting": false,
          "processes": [
            {
              "process": "g/a",
              "group": "g",
              "name": "a",
              "state": "FAILED",
              "reason": "SignalKilled",
              "message": "out of\\nluck",
              "ready": false,
              "restarts": 0,
              "exitCode": 137,
              "signal": 9,
              "start": "2026-01-31T11:45:00.000Z",
              "end": "2026-01-31T11:50:00.000Z",
              "node": null
            }
          ]
        }
        """,
        given.out());
  }

  @Test
  void yamlIsTheSameTree() {
    given.cluster.add(Given.experiment("short", Given.running("a", "PT5M")));
    new ListProcesses(given.session()).run("short", Format.YAML);
    assertEquals(
        """
        experiment: short
        backend: given
        launchId: id-short
        created: "2026-01-30T11:00:00.000Z"
        state: RUNNING
        verdict: null
        deleting: false
        processes:
        - process: a
          group: null
          name: a
          state: RUNNING
          reason: null
          message: null
          ready: true
          restarts: 0
          exitCode: null
          signal: null
          start: "2026-01-31T11:55:00.000Z"
          end: null
          node: null
        """,
        given.out());
  }

  @Test
  void colorsStatesOnATerminal() {
    given.cluster.add(
        Given.experiment("short", Given.ended("a", State.FAILED, 1, null, null, null)));
    new ListProcesses(given.onTerminal("TERM", "xterm")).run("short", Format.TABLE);
    assertTrue(given.out().contains("\u001b[31mfailed (1) after 5m\u001b[0m\n"), given.out());
    given.out.reset();
    new ListProcesses(given.onTerminal("TERM", "xterm", "NO_COLOR", "1"))
        .run("short", Format.TABLE);
    assertTrue(given.out().indexOf('\u001b') < 0, given.out());
  }
}
