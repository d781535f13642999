package dev.symphony.example.casestudies;

import dev.symphony.example.Worker;
import java.io.IOException;
import java.util.Locale;

/**
 * The root of the tree: hands out the supertasks one after the other and prints the integral.
 *
 * <p>Options: {@code --groups N} (default 2), {@code --supertasks N} (default 10), {@code --limit
 * SECONDS}.
 */
public final class IntegrationSupermaster {
  private IntegrationSupermaster() {}

  /** Runs this process. */
  public static void main(String[] args) {
    Worker.main(args, IntegrationSupermaster::run);
  }

  private static void run(Worker worker) throws IOException {
    int supertasks = worker.option("supertasks", 10);
    try (Children groups =
        Children.await(worker, Integration.SUPERMASTER, worker.option("groups", 2))) {
      double integral = 0;
      for (Integration.Range supertask : new Integration.Range(0, 10).split(supertasks)) {
        double sum = groups.integrate(supertask);
        worker.log(
            String.format(
                Locale.ROOT, "from %.0f to %.0f: %.4f", supertask.from(), supertask.to(), sum));
        integral += sum;
      }
      groups.dismiss();
      worker.log(String.format(Locale.ROOT, "%.4f", integral));
    }
  }
}
