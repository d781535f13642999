package dev.symphony.kube.internal.state;

import dev.symphony.engine.NotFoundException;
import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds experiments, and only those that Symphony launched. */
public final class Places {
  private final KubeApi api;
  private final @Nullable String namespace;

  /** Looks at namespaces of experiments' own; or, where a namespace is given, at anchors in it. */
  public Places(KubeApi api, @Nullable String namespace) {
    this.api = api;
    this.namespace = namespace;
  }

  /** All experiments, in any order, those being deleted included. */
  public List<Place> list() {
    String kind = namespace == null ? "namespace" : "anchor";
    String selector = Names.MANAGED_BY + "=" + Names.SYMPHONY + "," + Names.KIND + "=" + kind;
    String query = "?labelSelector=" + KubeApi.encode(selector);
    List<Place> places = new ArrayList<>();
    for (Object item : Tree.list(ask(holders() + query, false), "items")) {
      Place place = place(Tree.map(item));
      if (place != null) {
        places.add(place);
      }
    }
    if (places.isEmpty()) {
      requireNamespace();
    }
    return places;
  }

  /**
   * One experiment; null where there is none.
   *
   * @throws NotFoundException where the shared namespace does not exist
   */
  public @Nullable Place find(String experiment) {
    Map<String, Object> holder = ask(holders() + "/" + KubeApi.encode(experiment), true);
    Place place = holder == null ? null : place(holder);
    if (place == null) {
      requireNamespace();
    }
    return place;
  }

  /**
   * One experiment.
   *
   * @throws NotFoundException where there is none
   */
  public Place require(String experiment) {
    Place place = find(experiment);
    if (place == null) {
      throw new NotFoundException(
          "experiment " + experiment + " does not exist on " + api.description());
    }
    return place;
  }

  private String holders() {
    return namespace == null
        ? "/api/v1/namespaces"
        : "/api/v1/namespaces/" + KubeApi.encode(namespace) + "/configmaps";
  }

  private @Nullable Map<String, Object> ask(String path, boolean mayLack) {
    try {
      return mayLack ? api.find(path) : api.get(path);
    } catch (ApiException e) {
      if (e.status() != 403 || namespace != null) {
        throw e;
      }
      throw new ApiException(
          e.getMessage() + "; to work in one namespace that you may use, say --namespace NS",
          e.status(),
          e.body(),
          e);
    }
  }

  /** A list in a namespace that does not exist is empty, which must not read as no experiments. */
  private void requireNamespace() {
    String shared = namespace;
    if (shared == null) {
      return;
    }
    try {
      if (api.find("/api/v1/namespaces/" + KubeApi.encode(shared)) != null) {
        return;
      }
    } catch (ApiException e) {
      if (e.status() == 403) {
        return;
      }
      throw e;
    }
    throw new NotFoundException(
        "namespace "
            + shared
            + " does not exist on "
            + api.description()
            + ": name another with --namespace, or have it made");
  }

  /** What holds an experiment; null for all that is not ours. */
  private @Nullable Place place(Map<String, Object> holder) {
    String name = Tree.text(holder, "metadata", "name");
    String kind = namespace == null ? "namespace" : "anchor";
    Map<String, Object> labels = Tree.map(holder, "metadata", "labels");
    String launch = Tree.text(labels, Names.LAUNCH);
    boolean own =
        Names.SYMPHONY.equals(labels.get(Names.MANAGED_BY)) && kind.equals(labels.get(Names.KIND));
    if (name == null || launch == null || !own || !name.equals(labels.get(Names.EXPERIMENT))) {
      return null;
    }
    String home = namespace == null ? name : namespace;
    if (namespace == null && (home.equals("default") || home.startsWith("kube-"))) {
      return null;
    }
    Instant created = Times.read(Tree.text(holder, "metadata", "creationTimestamp"));
    String uid = Tree.text(holder, "metadata", "uid");
    return new Place(
        name,
        home,
        namespace != null,
        uid == null ? "" : uid,
        launch,
        created == null ? Instant.EPOCH : created,
        Tree.text(holder, "metadata", "deletionTimestamp") != null,
        holder);
  }
}
