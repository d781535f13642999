package dev.symphony.commandline.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ServiceAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchSummaryTest {
  @TempDir Path folder;

  private record Plan(
      String experiment,
      String backend,
      List<ProcessName> processNames,
      List<ServiceAddress> services,
      Map<String, Object> declaration,
      String toYaml)
      implements LaunchPlan {}

  @Test
  void saysWhatRunsWhatIsExposedAndWhatToTypeNext() {
    ProcessName board = ProcessName.parse("nonagent/tensorboard");
    List<ProcessName> names = names("eval-0", "agent-0", "agent-1", "agent-2", "nonagent/learner");
    names.add(board);
    Plan plan =
        new Plan(
            "rl",
            "local",
            names,
            List.of(
                new ServiceAddress("replay-server", names.get(4), "127.0.0.1", 7001, false),
                new ServiceAddress("tensorboard", board, "127.0.0.1", 7003, true)),
            Map.of(),
            "");
    Given given = new Given(folder);
    LaunchSummary.print(plan, "myproject", given.session().terminal().out());
    assertEquals(
        """
        launched rl on local: eval-0, agent-0…agent-2, nonagent/learner, nonagent/tensorboard
          tensorboard at http://127.0.0.1:7003
          myproject p                  # how the processes are
          myproject logs -f eval-0     # what one of them prints
          myproject visit tensorboard  # open it in the browser
          myproject delete             # end it and remove it
        """,
        given.out());
  }

  @Test
  void whatIsNotReachedFromHereIsShownWithTheCommandThatLeadsThere() {
    ProcessName board = ProcessName.parse("tensorboard");
    Plan plan =
        new Plan(
            "rl",
            "kube",
            List.of(board),
            List.of(new ServiceAddress("web", board, "web.rl", 7000, true, false)),
            Map.of(),
            "");
    Given given = new Given(folder);
    LaunchSummary.print(plan, "own --namespace team", given.session().terminal().out());
    assertEquals(
        """
        launched rl on kube: tensorboard
          web by own --namespace team visit web
          own --namespace team p                    # how the processes are
          own --namespace team logs -f tensorboard  # what one of them prints
          own --namespace team visit web            # open it in the browser
          own --namespace team delete               # end it and remove it
        """,
        given.out());
  }

  @Test
  void foldsReplicasThatFollowEachOther() {
    assertEquals(
        List.of("a-0…a-2", "a-4", "g/a-0", "g/a-1", "b", "a-9…a-11"),
        LaunchSummary.collapsed(
            names("a-0", "a-1", "a-2", "a-4", "g/a-0", "g/a-1", "b", "a-9", "a-10", "a-11")));
  }

  private static List<ProcessName> names(String... names) {
    List<ProcessName> list = new ArrayList<>();
    for (String name : names) {
      list.add(ProcessName.parse(name));
    }
    return list;
  }
}
