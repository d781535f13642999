package dev.symphony.kube.internal.life;

import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.state.Place;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Creates the objects of one experiment.
 *
 * <p>It has patience with a server that goes away for a moment in the middle, and with a namespace
 * so new that its service account is still to come.
 */
final class Creation {
  /** Names a misspelt field instead of dropping it. */
  static final String STRICT = "?fieldValidation=Strict";

  private static final long FRESH_SECONDS = 20;

  private final KubeApi api;
  private final Place place;
  private final Outage outage;

  Creation(KubeApi api, Place place, Consumer<String> progress) {
    this.api = api;
    this.place = place;
    this.outage = new Outage(progress);
  }

  /**
   * Creates all, many at once. One that is there already is as good where it is of this launch: an
   * answer was lost, or another program was faster.
   *
   * @throws SymphonyException with the server's words and what they are about; others may have been
   *     created
   */
  void createAll(List<Map<String, Object>> objects) {
    Crew.each(objects, this::create);
  }

  /** Notes in the plan that all has been created. */
  void noteLaunched(Instant at) {
    Patience patience = new Patience(0);
    while (true) {
      try {
        new PlanNotes(api, place).launched(at.toString());
        return;
      } catch (ApiException e) {
        if (!outage.bears(e)) {
          throw new SymphonyException("plan: " + Objects.words(e), e);
        }
      }
      patience.pause();
    }
  }

  private void create(Map<String, Object> object) {
    String path = Objects.collection(place.namespace(), object) + STRICT;
    Map<String, Object> owned = Objects.owned(object, place);
    Patience patience = new Patience(0);
    while (true) {
      try {
        api.create(path, owned, true);
        outage.over();
        return;
      } catch (ApiException e) {
        if (e.status() == 409 && isOurs(object)) {
          return;
        }
        if (!isTooFresh(e, patience) && !outage.bears(e)) {
          throw new SymphonyException(Objects.subject(object) + ": " + Objects.words(e), e);
        }
      }
      patience.pause();
    }
  }

  private boolean isTooFresh(ApiException e, Patience patience) {
    String message = e.serverMessage();
    return !place.shared()
        && patience.seconds() < FRESH_SECONDS
        && (e.status() == 403 && message.contains("serviceaccount \"default\" not found")
            || e.status() == 404 && message.startsWith("namespaces "));
  }

  private boolean isOurs(Map<String, Object> object) {
    String path =
        Objects.one(place.namespace(), Objects.plural(Objects.kind(object)), Objects.name(object));
    Map<String, Object> there = api.find(path);
    return there != null && Objects.isOf(there, place.launchId());
  }
}
