package dev.symphony.kube.internal.life;

import dev.symphony.engine.AlreadyExistsException;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.state.Place;
import java.util.List;
import java.util.Map;

/**
 * Creates the objects of one experiment.
 *
 * <p>It has pauses with a server that goes away for a moment in the middle, and with a namespace so
 * new that its service account is still to come.
 */
final class Creation {
  /** Names a misspelt field instead of dropping it. */
  static final String STRICT = "?fieldValidation=Strict";

  private static final long FRESH_SECONDS = 20;

  private final KubeApi api;
  private final Place place;

  Creation(KubeApi api, Place place) {
    this.api = api;
    this.place = place;
  }

  /**
   * Creates all, many at once. One that is there already is as good where it is of this launch:
   * another program was faster.
   *
   * @throws SymphonyException with the server's words and what they are about; others may have been
   *     created
   */
  void createAll(List<Map<String, Object>> objects) {
    Crew.each(objects, this::create);
  }

  private void create(Map<String, Object> object) {
    String path = KubeObjects.collection(place.namespace(), object) + STRICT;
    Map<String, Object> owned = KubeObjects.owned(object, place);
    Pauses pauses = new Pauses(0);
    while (true) {
      try {
        api.create(path, owned, true);
        return;
      } catch (ApiException e) {
        if (e.status() == 409 && isOurs(object)) {
          return;
        }
        if (!isTooFresh(e) || pauses.seconds() >= FRESH_SECONDS) {
          throw new SymphonyException(KubeObjects.subject(object) + ": " + e.getMessage(), e);
        }
      }
      pauses.pause();
    }
  }

  private boolean isTooFresh(ApiException e) {
    String message = e.serverMessage();
    return !place.shared()
        && ((e.status() == 403 && message.contains("serviceaccount \"default\" not found"))
            || (e.status() == 404 && message.startsWith("namespaces ")));
  }

  /**
   * Whether the object that is there is of this launch.
   *
   * @throws AlreadyExistsException where it is another experiment's: in a shared namespace, rl with
   *     its agent-0 and rl-agent with its 0 have the same name
   */
  private boolean isOurs(Map<String, Object> object) {
    String path =
        KubeObjects.one(
            place.namespace(),
            KubeObjects.plural(KubeObjects.kind(object)),
            KubeObjects.name(object));
    Map<String, Object> there = api.find(path);
    if (there == null || KubeObjects.isOf(there, place.launchId())) {
      return there != null;
    }
    String holder = KubeObjects.experiment(there);
    if (holder == null || holder.equals(place.experiment())) {
      return false;
    }
    throw new AlreadyExistsException(
        KubeObjects.subject(object)
            + ": "
            + KubeObjects.called(object, place.namespace())
            + " belongs to experiment "
            + holder
            + "; choose another name for one of the two");
  }
}
