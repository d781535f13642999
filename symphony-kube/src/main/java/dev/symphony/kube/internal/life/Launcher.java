package dev.symphony.kube.internal.life;

import dev.symphony.engine.AlreadyExistsException;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.plan.PlannedExperiment;
import dev.symphony.kube.internal.plan.PlannedService;
import dev.symphony.kube.internal.state.Place;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes the objects of a plan, all or none. */
public final class Launcher {
  /** How long a server may be away in the middle of something. */
  static final Duration OUTAGE = Duration.ofMinutes(1);

  private static final long UNDO_SECONDS = 60;

  private final KubeApi api;
  private final InstantSource clock;
  private final Consumer<String> progress;

  /**
   * Launches through an API.
   *
   * @param progress told what a slow step waits for
   */
  public Launcher(KubeApi api, InstantSource clock, Consumer<String> progress) {
    this.api = api;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Creates the holder, then the others, then the pods, many at once; on any refusal removes what
   * was made. Interrupting the thread ends it at once; what was made is then removed by the server
   * without being waited for.
   *
   * @throws dev.symphony.engine.AlreadyExistsException where the name is taken
   * @throws SymphonyException with the server's own words and the process they are about
   */
  public void launch(PlannedExperiment plan) {
    Place place = new Claim(api, plan).make();
    try {
      KubeApi patient = api.withPatience(OUTAGE, progress);
      Creation creation = new Creation(patient, place);
      creation.createAll(plan.others());
      creation.createAll(plan.pods());
      new PlanNotes(patient, place).launched(clock.instant().toString());
    } catch (SymphonyException e) {
      String said = "experiment " + plan.experiment() + " was not launched: " + e.getMessage();
      String all = said + undo(place);
      throw e instanceof AlreadyExistsException
          ? new AlreadyExistsException(all)
          : new SymphonyException(all, e);
    } catch (RuntimeException | Error e) {
      progress.accept("a launch went wrong" + undo(place));
      throw e;
    }
    tellPublic(plan.services());
  }

  /**
   * Has the server look at every object as far as it can without making any.
   *
   * @return what could not be looked at, a line each; empty for nothing
   * @throws dev.symphony.engine.AlreadyExistsException where the name is taken
   * @throws SymphonyException with the server's refusals, a line each
   */
  public List<String> validate(PlannedExperiment plan) {
    return new DryRun(api, plan).validate();
  }

  /** Removes what was made; returns what is to be said of it. */
  private String undo(Place place) {
    boolean interrupted = Thread.interrupted();
    try {
      Remover remover = new Remover(api, progress);
      if (interrupted) {
        remover.begin(place);
        return "; what was made is being removed";
      }
      progress.accept("the launch failed; removing what it made");
      return remover.removeWithin(place, UNDO_SECONDS)
          ? ""
          : "; what was made is still being removed, which may take a while";
    } catch (SymphonyException e) {
      return "; what was made could not be removed: "
          + e.getMessage()
          + "; 'delete "
          + place.experiment()
          + "' removes it";
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void tellPublic(List<PlannedService> services) {
    List<String> names = new ArrayList<>();
    for (PlannedService service : services) {
      if (service.isPublic()) {
        names.add(service.name());
      }
    }
    if (!names.isEmpty()) {
      progress.accept(
          (names.size() == 1 ? "service " : "services ")
              + String.join(", ", names)
              + (names.size() == 1 ? " gets a public address" : " get public addresses")
              + "; 'expose: forward' avoids it");
    }
  }
}
