package dev.symphony.kube.internal.life;

import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import dev.symphony.kube.internal.state.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Removes an experiment with the namespace that it has to itself. */
final class NamespaceRemoval extends Removal implements Removal.Look {
  NamespaceRemoval(KubeApi api, Place place, Consumer<String> progress) {
    super(api, place, progress);
  }

  @Override
  void begin() {
    deletePublicServices();
    if (deleteNamespace()) {
      hastenPods();
    }
  }

  @Override
  boolean run(long seconds) {
    begin();
    return await(this, seconds);
  }

  @Override
  public boolean isGone() {
    Map<String, Object> there = api.find(KubeObjects.namespace(place.namespace()));
    return there == null || !KubeObjects.uid(there).equals(place.uid());
  }

  @Override
  public void tell(boolean forLong) {
    List<Map<String, Object>> pods = listed("pods");
    if (!pods.isEmpty()) {
      tellPods(pods);
    } else if (!forLong) {
      progress.accept("waiting for namespace " + place.namespace() + " to go");
    }
    Map<String, Object> there = api.find(KubeObjects.namespace(place.namespace()));
    if (forLong && there != null) {
      progress.accept("namespace " + place.namespace() + " is still there" + conditions(there));
    }
  }

  private boolean deleteNamespace() {
    try {
      return api.delete(KubeObjects.namespace(place.namespace()), KubeObjects.exactly(place.uid()))
          != null;
    } catch (ApiException e) {
      // Being deleted already, or another one of that name.
      if (e.status() == 409) {
        return !isGone();
      }
      throw e;
    }
  }

  /** The server begins with the pods of a namespace only after some seconds. */
  private void hastenPods() {
    String selector = KubeApi.encode(Names.LAUNCH + "=" + place.launchId());
    try {
      api.delete(
          KubeObjects.collection(place.namespace(), "pods") + "?labelSelector=" + selector, null);
    } catch (ApiException e) {
      // The server does it by itself, later.
      if (e.status() == 0) {
        throw e;
      }
    }
  }

  private static String conditions(Map<String, Object> namespace) {
    List<String> said = new ArrayList<>();
    for (Object condition : Tree.list(namespace, "status", "conditions")) {
      String message = Tree.text(condition, "message");
      if ("True".equals(Tree.text(condition, "status")) && message != null) {
        said.add(message);
      }
    }
    return said.isEmpty() ? "" : ": " + String.join("; ", said);
  }
}
