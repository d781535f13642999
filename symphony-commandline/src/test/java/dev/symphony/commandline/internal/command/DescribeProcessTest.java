package dev.symphony.commandline.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.commandline.internal.view.Format;
import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.Secret;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescribeProcessTest {
  private static final ProcessName LEARNER = ProcessName.parse("g/learner");

  @TempDir Path folder;
  private Given given;

  @BeforeEach
  void give() {
    given = new Given(folder);
    ProcessStatus status =
        Given.ended("g/learner", State.FAILED, 137, 9, "SignalKilled", "killed by signal 9");
    given.cluster.add(Given.experiment("rl", status));
    given.cluster.description =
        new ProcessDescription(
            status,
            List.of("python", "learner.py", "--name", "a b"),
            List.of(),
            "/home/sarah",
            new TreeMap<>(Map.of("SYMPH_PROCESS", "learner", "TOKEN", "********")),
            Map.of("TOKEN", Secret.env("MY_TOKEN")),
            List.of(
                new ServiceAddress("tensorboard", LEARNER, "127.0.0.1", 7003, true),
                new ServiceAddress("replay-server", LEARNER, "127.0.0.1", 7001, false)),
            "/state/learner.log",
            Map.of("pid", "4711"));
  }

  @Test
  void saysAllForPeople() {
    new DescribeProcess(given.session()).run("rl", LEARNER, Format.TABLE);
    assertEquals(
        """
        Process:      g/learner
        Experiment:   rl
        State:        failed (137) after 5m: SignalKilled: killed by signal 9
        Ready:        no
        Restarts:     0
        Exit code:    137
        Signal:       9
        Started:      2026-01-31T11:45:00Z, 15m ago
        Ended:        2026-01-31T11:50:00Z, 10m ago
        Command:      python learner.py --name 'a b'
        Directory:    /home/sarah
        Log:          /state/learner.log
        Pid:          4711
        Services:     tensorboard at http://127.0.0.1:7003, exposed
                      replay-server at 127.0.0.1:7001
        Environment:  SYMPH_PROCESS=learner
                      TOKEN=********
        Secrets:      TOKEN from env:MY_TOKEN
        """,
        given.out());
  }

  @Test
  void jsonHoldsTheSame() {
    new DescribeProcess(given.session()).run("rl", LEARNER, Format.JSON);
    assertEquals(
        """
        {
          "experiment": "rl",
          "process": "g/learner",
          "group": "g",
          "name": "learner",
          "state": "FAILED",
          "reason": "SignalKilled",
          "message": "killed by signal 9",
          "ready": false,
          "restarts": 0,
          "exitCode": 137,
          "signal": 9,
          "start": "2026-01-31T11:45:00.000Z",
          "end": "2026-01-31T11:50:00.000Z",
          "node": null,
          "command": [
            "python",
            "learner.py",
            "--name",
            "a b"
          ],
          "shell": [],
          "directory": "/home/sarah",
          "environment": {
            "SYMPH_PROCESS": "learner",
            "TOKEN": "********"
          },
          "secrets": {
            "TOKEN": "env:MY_TOKEN"
          },
          "services": [
            {
              "service": "tensorboard",
              "process": "g/learner",
              "host": "127.0.0.1",
              "port": 7003,
              "exposed": true,
              "reachable": true,
              "url": "http://127.0.0.1:7003"
            },
            {
              "service": "replay-server",
              "process": "g/learner",
              "host": "127.0.0.1",
              "port": 7001,
              "exposed": false,
              "reachable": true,
              "url": "http://127.0.0.1:7001"
            }
          ],
          "logFile": "/state/learner.log",
          "details": {
            "pid": "4711"
          }
        }
        """,
        given.out());
  }

  @Test
  void listsWhatIsExposed() {
    given.cluster.services.addAll(given.cluster.description.services());
    new ListServices(given.session()).run("rl", Format.TABLE);
    assertEquals(
        """
        Service      Process    URL
        tensorboard  g/learner  http://127.0.0.1:7003
        """,
        given.out());
    given.out.reset();
    new ListServices(given.session()).run("rl", Format.NAME);
    assertEquals("tensorboard\n", given.out());
  }
}
