package dev.symphony.kube.internal.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.KubeTest;
import dev.symphony.kube.RealCluster;
import dev.symphony.kube.internal.api.Tree;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealCluster.class)
@Timeout(180)
final class ExecClusterIT {
  /** Endless input, as of {@code /dev/zero}. */
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }
  }

  @Test
  void runsCommandsWithTheirStreamsAndExitCodes(KubeTest test) {
    BarePods pods = new BarePods(test, "exec");
    ProcessName process = pods.run("agent", "sleep", "600");
    InputStream nothing = InputStream.nullInputStream();

    assertEquals(
        new BarePods.Result(7, "out\n", "err\n"),
        pods.exec(process, nothing, "sh", "-c", "echo out; echo err >&2; exit 7"));
    assertEquals(
        new BarePods.Result(0, "a b|", ""), pods.exec(process, nothing, "printf", "%s|", "a b"));

    String text = "line of input\n".repeat(100_000);
    BarePods.Result copied =
        pods.exec(process, new ByteArrayInputStream(text.getBytes(UTF_8)), "cat");
    assertEquals(0, copied.code());
    assertEquals(text, copied.out());

    for (int i = 0; i < 10; i++) {
      assertEquals(0, pods.exec(process, new Endless(), "true").code());
    }
    assertEquals("xxx", pods.exec(process, new Endless(), "head", "-c", "3").out());

    BarePods.Result missing = pods.exec(process, nothing, "nosuch");
    assertEquals(127, missing.code());
    assertTrue(missing.err().contains("nosuch"), missing.err());
    assertEquals(126, pods.exec(process, nothing, "/etc/passwd").code());
    assertEquals(137, pods.exec(process, nothing, "sh", "-c", "kill -9 $$").code());
  }

  @Test
  void saysHowAProcessIsThatDoesNotRun(KubeTest test) {
    BarePods pods = new BarePods(test, "ended");
    ProcessName process = pods.run("agent", "sh", "-c", "sleep 1; exit 3");
    KubeTest.waitFor(
        "the pod has ended",
        () -> "Failed".equals(Tree.text(pods.api.get(pods.path("agent")), "status", "phase")));
    SymphonyException told =
        assertThrows(
            SymphonyException.class,
            () -> pods.exec(process, InputStream.nullInputStream(), "true"));
    assertTrue(told.getMessage().startsWith("process agent does not run, it is FAILED"));
    assertTrue(told.getMessage().endsWith("'start' runs it again"), told.getMessage());

    pods.runAgain("agent", 2, "sleep", "600");
    assertEquals("agent.r2\n", pods.exec(process, InputStream.nullInputStream(), "hostname").out());
  }
}
