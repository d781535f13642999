package dev.symphony.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ConfigSources;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.SymphonyConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.sourceforge.argparse4j.inf.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code --namespace} and how it reaches the cluster that a program makes. */
class NamespaceOptionTest extends OnThisHost {
  private final List<Object> given = new ArrayList<>();
  private Supplier<Cluster> clusters =
      () -> {
        given.add(SymphonyConfig.get().options("kube").get("namespace"));
        return newCluster();
      };

  @BeforeEach
  void configure() {
    SymphonyConfig.reset(new ConfigSources(folder, folder, Map.of()));
    program = new Placed();
  }

  @AfterEach
  void forget() {
    SymphonyConfig.reset();
  }

  private final class Placed extends SymphonyParser {
    @Override
    protected Cluster createCluster() {
      return clusters.get();
    }

    @Override
    protected String programName() {
      return "own";
    }

    @Override
    protected void setup() {
      super.setup();
      addClusterOption("local");
      addLaunchArguments(addSubparser("create").help("launch the experiment"));
    }

    public int actionCreate(Namespace args) {
      ExperimentSpec spec = cluster().newExperiment("rl");
      spec.newProcess("one").command("sleep", "300");
      return launch(spec, args);
    }
  }

  @Test
  void isTakenBeforeAndAfterTheCommandAndForgottenAfterwards() {
    assertEquals(0, run("--namespace", "team", "ls").code());
    assertEquals(0, run("ls", "--namespace=other").code());
    assertEquals(0, run("ls").code());
    List<Object> expected = new ArrayList<>(List.of("team", "other"));
    expected.add(null);
    assertEquals(expected, given);
    for (String[] words : new String[][] {{"ls", "--namespace"}, {"--namespace=", "ls"}}) {
      Ran ran = run(words);
      assertEquals(2, ran.code());
      assertTrue(ran.error().contains("--namespace needs the name of a namespace"), ran.err());
    }
  }

  @Test
  void beatsTheConfiguration() {
    SymphonyConfig.get().update(Map.of("kube", Map.of("namespace", "configured")));
    run("ls");
    run("ls", "--namespace", "team");
    assertEquals(List.of("configured", "team"), given);
  }

  @Test
  void isPartOfWhatToTypeNext() {
    Ran ran = run("create", "--cluster", "local", "--namespace", "team");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("\n  own --cluster local --namespace team p "), ran.out());
  }

  @Test
  void aBackendThatHasNoneRefusesIt() {
    clusters = () -> Cluster.of("local");
    Ran ran = run("ls", "--namespace", "team");
    assertEquals(2, ran.code());
    assertEquals("error: backend local has no option 'namespace'; it has none", ran.error());
    assertEquals("", ran.out());
  }

  @Test
  void aProgramThatMakesItsClusterInAnotherWayRefusesIt() {
    clusters = this::newCluster;
    Ran ran = run("ls", "--namespace", "team");
    assertEquals(2, ran.code());
    assertTrue(ran.error().contains("takes no --namespace"), ran.err());
    assertEquals(0, run("ls").code());
  }

  @Test
  void isOfferedByCompletion() {
    assertEquals("--namespace\n", run("__complete", "ls", "--na").out());
    assertEquals("", run("__complete", "--namespace", "").out());
    assertTrue(run("ls", "--help").out().contains("--namespace NS"));
  }
}
