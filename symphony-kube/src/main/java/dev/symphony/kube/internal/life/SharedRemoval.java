package dev.symphony.kube.internal.life;

import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.state.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Removes an experiment from a namespace it shares: exactly what its anchor owns, and the anchor
 * last, so that the name stays taken and listed until the pods are gone.
 */
final class SharedRemoval extends Removal {
  private static final List<String> KINDS = List.of("pods", "services", "secrets", "configmaps");

  SharedRemoval(KubeApi api, Place place, Consumer<String> progress) {
    super(api, place, progress);
  }

  @Override
  void begin() {
    deletePublicServices();
    for (String plural : KINDS) {
      deleteEach(plural, listed(plural));
    }
    deleteAnchor();
  }

  @Override
  boolean run(long seconds) {
    deletePublicServices();
    deleteEach("pods", listed("pods"));
    if (await(new Remaining("pods"), seconds)) {
      for (String plural : KINDS) {
        deleteEach(plural, listed(plural));
      }
      if (await(new Remaining("services"), seconds)) {
        deleteAnchor();
        return true;
      }
    }
    begin();
    return false;
  }

  private void deleteAnchor() {
    deleteEach("configmaps", List.of(anchor()));
  }

  private Map<String, Object> anchor() {
    return Tree.of(
        "metadata", Tree.of("name", KubeObjects.name(place.holder()), "uid", place.uid()));
  }

  private final class Remaining implements Look {
    private final String plural;
    private List<Map<String, Object>> left = List.of();

    Remaining(String plural) {
      this.plural = plural;
    }

    @Override
    public boolean isGone() {
      left = listed(plural);
      return left.isEmpty();
    }

    @Override
    public void tell(boolean forLong) {
      if (plural.equals("pods")) {
        tellPods(left);
      }
      if (!plural.equals("pods") || forLong) {
        List<String> names = new ArrayList<>();
        for (Map<String, Object> object : left) {
          names.add(KubeObjects.name(object) + onNode(object));
        }
        progress.accept("still being deleted: " + String.join(", ", names));
      }
    }

    private String onNode(Map<String, Object> object) {
      String node = Tree.text(object, "spec", "nodeName");
      return node == null ? "" : " on " + node;
    }
  }
}
