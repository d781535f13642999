package dev.symphony.kube.internal.plan;

import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.Masking;
import java.util.List;
import java.util.Map;

/**
 * Takes the values of secrets out of containers: a variable or an argument that holds one becomes a
 * reference to the Secret. So the plan that the cluster keeps has whole pods and no secret. Nodes
 * put variables of Secrets into nothing else: not into the commands of probes and hooks.
 */
final class Hiding {
  private static final String VARIABLE = "SYMPH_SECRET_";

  private final Scope scope;
  private final Vault vault;
  private final Masking masking;

  Hiding(Scope scope, Vault vault, Masking masking) {
    this.scope = scope;
    this.vault = vault;
    this.masking = masking;
  }

  /** Changes a whole pod in place. */
  void hide(PodShape shape, Map<String, Object> pod) {
    for (String field : List.of("initContainers", "containers")) {
      for (Object container : Tree.list(pod, "spec", field)) {
        String owner = shape.owner(String.valueOf(Tree.text(container, "name")));
        hide(owner, Tree.map(container));
      }
    }
  }

  private void hide(String owner, Map<String, Object> container) {
    for (Object variable : Tree.list(container, "env")) {
      String name = Tree.text(variable, "name");
      String value = Tree.text(variable, "value");
      if (name != null && value != null && isToHide(value)) {
        Map<String, Object> map = Tree.map(variable);
        map.remove("value");
        map.put("valueFrom", vault.keep(scope, owner, name, Expansion.plain(value)));
      }
    }
    int hidden = 0;
    for (String field : List.of("command", "args")) {
      List<Object> words = Tree.list(container, field);
      for (int i = 0; i < words.size(); i++) {
        if (words.get(i) instanceof String word && isToHide(word)) {
          String name = VARIABLE + hidden++;
          words.set(i, "$(" + name + ")");
          Tree.makeList(container, "env")
              .add(
                  Tree.of(
                      "name",
                      name,
                      "valueFrom",
                      vault.keep(scope, owner, name, Expansion.plain(word))));
        }
      }
    }
  }

  /** What Kubernetes would put variables into stays as it is: a reference would arrive unread. */
  private boolean isToHide(String text) {
    return !masking.mask(text).equals(text) && Expansion.isLiteral(text);
  }
}
