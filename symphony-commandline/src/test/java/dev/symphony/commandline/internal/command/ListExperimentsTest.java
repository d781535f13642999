package dev.symphony.commandline.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.commandline.internal.view.Format;
import dev.symphony.engine.State;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListExperimentsTest {
  @TempDir Path folder;
  private Given given;

  @BeforeEach
  void give() {
    given = new Given(folder);
  }

  private void giveThree() {
    given.cluster.add(
        Given.experiment("rl-10", Given.running("a", "PT5M"), Given.running("b", "PT5M")));
    given.cluster.add(
        Given.experiment(
            "rl-2",
            Given.running("a", "PT5M"),
            Given.ended("b", State.SUCCEEDED, 0, null, null, null)));
    given.cluster.add(
        Given.experiment("done", Given.ended("b", State.FAILED, 3, null, null, null)));
    given.cluster.unreadable.put("broken", "broken/plan.json: line 3: not JSON");
  }

  @Test
  void oneThatCannotBeReadIsOneOfTheList() {
    giveThree();
    given.cluster.setExperiment("rl-2");
    new ListExperiments(given.session()).run(Format.TABLE);
    assertEquals(
        """
        Name    State    Processes  Age  Current  Message
        broken  UNKNOWN  -          -             broken/plan.json: line 3: not JSON
        done    FAILED   1          1d            b failed first with exit code 3
        rl-2    RUNNING  1/2        1d   *
        rl-10   RUNNING  2          1d
        """,
        given.out());
  }

  @Test
  void namesOnlyAskNothingMore() {
    giveThree();
    new ListExperiments(given.session()).run(Format.NAME);
    assertEquals("broken\ndone\nrl-2\nrl-10\n", given.out());
  }

  @Test
  void jsonListsAlsoWhatCannotBeRead() {
    given.cluster.unreadable.put("broken", "why");
    given.cluster.add(
        Given.experiment(
            "rl",
            Given.running("a", "PT5M"),
            Given.ended("b", State.SUCCEEDED, 0, null, null, null)));
    given.cluster.setExperiment("rl");
    new ListExperiments(given.session()).run(Format.JSON);
    assertEquals(
        """
        {
          "backend": "given",
          "current": "rl",
          "experiments": [
            {
              "name": "broken",
              "current": false,
              "launchId": null,
              "created": null,
              "state": "UNKNOWN",
              "processes": null,
              "states": {},
              "verdict": null,
              "deleting": false,
              "message": "why"
            },
            {
              "name": "rl",
              "current": true,
              "launchId": "id-rl",
              "created": "2026-01-30T11:00:00.000Z",
              "state": "RUNNING",
              "processes": 2,
              "states": {
                "RUNNING": 1,
                "SUCCEEDED": 1
              },
              "verdict": null,
              "deleting": false,
              "message": null
            }
          ]
        }
        """,
        given.out());
  }

  @Test
  void saysWhatIsBeingDeleted() {
    given.cluster.add(Given.experiment("rl", Given.running("a", "PT5M")).whileDeleting());
    new ListExperiments(given.session()).run(Format.TABLE);
    assertEquals(
        """
        Name  State    Processes  Age  Current  Message
        rl    RUNNING  1          1d   *        being deleted
        """,
        given.out());
  }

  @Test
  void anEmptyListIsEmptyOnStandardOutput() {
    new ListExperiments(given.session()).run(Format.TABLE);
    assertEquals("", given.out());
    assertEquals("no experiments on given\n", given.err());
    new ListExperiments(given.session()).run(Format.JSON);
    assertEquals(
        """
        {
          "backend": "given",
          "current": null,
          "experiments": []
        }
        """,
        given.out());
  }
}
