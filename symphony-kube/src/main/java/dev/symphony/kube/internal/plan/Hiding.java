package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ProcessName;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.Masking;
import java.util.List;
import java.util.Map;

/**
 * Takes the values of secrets out of containers: a variable or an argument that holds one becomes a
 * reference to the Secret. So the plan that the cluster keeps has whole pods and no secret.
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

  /** Changes a container in place. */
  void hide(ProcessName process, Map<String, Object> container) {
    List<Object> env = Tree.makeList(container, "env");
    for (Object variable : env) {
      String name = Tree.text(variable, "name");
      String value = Tree.text(variable, "value");
      if (name != null && value != null && isToHide(value)) {
        Map<String, Object> map = Tree.map(variable);
        map.remove("value");
        map.put("valueFrom", vault.keep(scope, process, name, Expansion.plain(value)));
      }
    }
    int hidden = 0;
    for (String field : List.of("command", "args")) {
      List<Object> words = Tree.list(container, field);
      for (int i = 0; i < words.size(); i++) {
        if (words.get(i) instanceof String word && isToHide(word)) {
          String name = VARIABLE + hidden++;
          words.set(i, "$(" + name + ")");
          env.add(
              Tree.of(
                  "name",
                  name,
                  "valueFrom",
                  vault.keep(scope, process, name, Expansion.plain(word))));
        }
      }
    }
  }

  /** What Kubernetes would put variables into stays as it is: a reference would arrive unread. */
  private boolean isToHide(String text) {
    return !masking.mask(text).equals(text) && Expansion.isLiteral(text);
  }
}
