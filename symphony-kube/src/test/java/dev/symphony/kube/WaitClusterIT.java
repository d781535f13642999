package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.State;
import dev.symphony.engine.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who waits for an experiment goes on while the API server is away. */
@ExtendWith(RealCluster.class)
final class WaitClusterIT {
  private static final ProcessName JOB = new ProcessName(null, "job");

  @Test
  void waitsForAServerThatIsAway(KubeTest test) throws Exception {
    String name = test.name("wait");
    KubeCluster near = test.cluster();
    KubeExperimentSpec experiment = near.newExperiment(name);
    experiment.newProcess("job").shell("sleep 600").gracePeriod(Duration.ofSeconds(5));
    experiment.newProcess("bad").command("false");
    near.launch(experiment);
    KubeTest.waitFor("it runs", () -> near.describeProcess(name, JOB).state() == State.RUNNING);

    try (CuttingProxy proxy = new CuttingProxy(test.access().server())) {
      Path kubeconfig = test.directory().resolve("through-proxy");
      Files.writeString(
          kubeconfig, proxy.kubeconfig(Path.of(test.environment().get("KUBECONFIG"))));
      KubeCluster far = test.cluster(options -> options.kubeconfig(kubeconfig));
      BlockingQueue<String> said = new LinkedBlockingQueue<>();
      far.setProgress(KubeTest.unlessSlow(said::add));
      assertEquals(State.RUNNING, far.describeExperiment(name).state());
      CountDownLatch looked = new CountDownLatch(1);
      CompletableFuture<Verdict> verdict =
          KubeTest.async(
              () ->
                  far.await(
                      name, List.of(), Duration.ofMinutes(2), false, failed -> looked.countDown()));
      assertTrue(looked.await(60, TimeUnit.SECONDS), verdict::toString);

      proxy.leave();
      String away = String.valueOf(said.poll(60, TimeUnit.SECONDS));
      assertTrue(away.contains("does not answer yet"), away);
      near.stop(name, List.of());
      assertFalse(verdict.isDone(), verdict::toString);
      proxy.comeBack();

      assertEquals(State.FAILED, verdict.get(60, TimeUnit.SECONDS).outcome());
      assertEquals("the API server answers again", said.poll());
    }
    near.delete(name);
  }
}
