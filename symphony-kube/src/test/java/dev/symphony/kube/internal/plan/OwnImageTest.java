package dev.symphony.kube.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.Progress;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.KubeProcessSpec;
import dev.symphony.spi.PreparedImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The image of the class path is for processes of main(…) that have no other. */
class OwnImageTest {
  private static final String IMAGE = "registry.local/me/app@sha256:" + "0".repeat(64);

  private final PlanFixture fixture = new PlanFixture();
  private final ExperimentSpec rl = PlanFixture.experiment();
  private final Fake own = new Fake();

  private static final class Fake implements OwnImage, PreparedImage {
    private boolean asked;

    @Override
    public boolean isWanted() {
      return true;
    }

    @Override
    public boolean holds(String mainClass) {
      return mainClass.equals("a.Main");
    }

    @Override
    public PreparedImage get() {
      asked = true;
      return this;
    }

    @Override
    public String reference() {
      return IMAGE;
    }

    @Override
    public String classPath() {
      return "/app/classes:/app/libs/x.jar";
    }

    @Override
    public void writeTar(java.nio.file.Path file, Progress progress) {
      throw new SymphonyException("a plan writes nothing");
    }

    @Override
    public void push(Progress progress) {
      throw new SymphonyException("a plan pushes nothing");
    }
  }

  private void withoutImage() {
    fixture.settings = PlanFixture.settings(null, false, null);
    fixture.ownImage = own;
  }

  private Map<String, Object> container() {
    return fixture.container(rl);
  }

  @Test
  void runsMainInItByDigestWithItsOwnClassPath() {
    withoutImage();
    rl.newProcess("learner").main("a.Main", List.of("x")).jvmOptions("-Xmx1g");
    assertEquals(IMAGE, container().get("image"));
    assertEquals(
        List.of("java", "-Xmx1g", "-cp", "/app/classes:/app/libs/x.jar", "a.Main", "x"),
        container().get("command"));
  }

  @Test
  void isNotMadeWhereEveryProcessHasAnImage() {
    withoutImage();
    rl.newProcess("a").main("a.Main", List.of()).image("me/rl:1");
    ((KubeProcessSpec) rl.newProcess("b"))
        .main("a.Main", List.of())
        .customizeContainer(container -> container.withImage("me/rl:2"));
    assertEquals("me/rl:1", container().get("image"));
    assertEquals(
        List.of("java", "-cp", "/app/classes:/app/libs/*", "a.Main"), container().get("command"));
    assertFalse(own.asked);
  }

  @Test
  void comesAfterTheImageForAll() {
    fixture.ownImage = own;
    rl.newProcess("a").main("a.Main", List.of());
    assertEquals("me/app:1", container().get("image"));
    assertFalse(own.asked);
  }

  @Test
  void refusesAClassThatIsNotInIt() {
    withoutImage();
    rl.newProcess("a").main("a.Other", List.of());
    String refusal = fixture.refusal(rl);
    assertTrue(
        refusal.contains(
            "process a: class a.Other is not on the class path of this program, so an image of it"
                + " cannot run it; give image(…), or --image REF"),
        refusal);
  }

  @Test
  void isNotForCommands() {
    withoutImage();
    rl.newProcess("a").command("x");
    assertTrue(fixture.refusal(rl).contains("process a has no image; give image(…)"));
    assertFalse(own.asked);
  }

  @Test
  void withoutARegistrySaysHowToGiveOne() {
    fixture.settings = PlanFixture.settings(null, false, null);
    rl.newProcess("a").main("a.Main", List.of());
    String refusal = fixture.refusal(rl);
    assertTrue(
        refusal.contains(
            "process a has no image; give --registry REG, or the option registry, to have one made"
                + " of this program's class path; or image(…), or --image REF"),
        refusal);
  }
}
