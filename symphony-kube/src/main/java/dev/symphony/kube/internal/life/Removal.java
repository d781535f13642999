package dev.symphony.kube.internal.life;

import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.state.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The steps of a removal that are the same in both modes. */
abstract class Removal {
  private static final long FIRST_WORD_SECONDS = 2;
  private static final long WORD_SECONDS = 15;

  final KubeApi api;
  final Place place;
  final Consumer<String> progress;

  Removal(KubeApi api, Place place, Consumer<String> progress) {
    this.api = api.withPatience(Launcher.OUTAGE, progress);
    this.place = place;
    this.progress = progress;
  }

  /** Has the server delete everything and waits for nothing. */
  abstract void begin();

  /**
   * Deletes everything and waits until it is gone.
   *
   * @return false where that took longer than so many seconds; the server then goes on with it
   */
  abstract boolean run(long seconds);

  /** What there still is to wait for. */
  interface Look {
    /** Whether it is gone. */
    boolean isGone();

    /** Tells what holds it up. */
    void tell(boolean forLong);
  }

  /** Waits until something is gone; false after the given pauses. */
  final boolean await(Look look, long seconds) {
    Pauses pauses = new Pauses(FIRST_WORD_SECONDS);
    while (true) {
      if (look.isGone()) {
        return true;
      }
      if (pauses.isWordDue(WORD_SECONDS - FIRST_WORD_SECONDS)) {
        look.tell(pauses.seconds() >= WORD_SECONDS);
      }
      if (pauses.seconds() >= seconds) {
        return false;
      }
      pauses.pause();
    }
  }

  /** The objects of a kind; none where the user may not list them. */
  final List<Map<String, Object>> listed(String plural) {
    try {
      return KubeObjects.list(api, place, plural);
    } catch (ApiException e) {
      if (e.status() == 403 || e.status() == 404) {
        return List.of();
      }
      throw e;
    }
  }

  /** Clouds free what stands behind an address only while they still find the service. */
  final void deletePublicServices() {
    List<Map<String, Object>> services = new ArrayList<>();
    for (Map<String, Object> service : listed("services")) {
      if ("LoadBalancer".equals(Tree.text(service, "spec", "type"))) {
        services.add(service);
      }
    }
    deleteEach("services", services);
  }

  /** Deletes exactly these objects. */
  final void deleteEach(String plural, List<Map<String, Object>> objects) {
    Crew.each(objects, object -> deleteOne(plural, object));
  }

  private void deleteOne(String plural, Map<String, Object> object) {
    String path = KubeObjects.one(place.namespace(), plural, KubeObjects.name(object));
    try {
      api.delete(path, KubeObjects.exactly(KubeObjects.uid(object)));
    } catch (ApiException e) {
      // Another one of that name by now: ours is gone.
      if (e.status() != 409) {
        throw e;
      }
    }
  }

  /** Says for how many pods it waits. */
  final void tellPods(List<Map<String, Object>> pods) {
    long grace = 0;
    for (Map<String, Object> pod : pods) {
      long own = Tree.number(pod, 30, "spec", "terminationGracePeriodSeconds");
      grace = Math.max(grace, Tree.number(pod, own, "metadata", "deletionGracePeriodSeconds"));
    }
    progress.accept(
        "waiting for "
            + pods.size()
            + (pods.size() == 1 ? " pod" : " pods")
            + " to end (grace period "
            + grace
            + " s)");
  }
}
