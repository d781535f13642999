package dev.symphony.kube;

import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.PlainText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A user who may do little: a service account with a token, and rights in one namespace. */
final class KubeUser {
  private static final String ALL = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String RBAC = ALL + "namespaces/";

  private final KubeTest test;
  private final String namespace;
  private final String name;

  private KubeUser(KubeTest test, String namespace, String name) {
    this.test = test;
    this.namespace = namespace;
    this.name = name;
  }

  /** A user with a ClusterRole in one namespace; returns its kubeconfig. */
  static Path withClusterRole(KubeTest test, String namespace, String role) {
    return new KubeUser(test, namespace, "user-" + role).kubeconfig("ClusterRole", role);
  }

  /**
   * A user with a Role of these rules in one namespace; returns its kubeconfig.
   *
   * @param rules verbs by resource of the core API
   */
  static Path withRole(KubeTest test, String namespace, Map<String, List<String>> rules) {
    KubeUser user = new KubeUser(test, namespace, "user");
    List<Object> listed =
        rules.entrySet().stream()
            .map(
                rule ->
                    (Object)
                        Tree.of(
                            "apiGroups",
                            List.of(""),
                            "resources",
                            List.of(rule.getKey()),
                            "verbs",
                            rule.getValue()))
            .toList();
    Map<String, Object> role = user.object("rbac.authorization.k8s.io/v1", "Role");
    role.put("rules", listed);
    test.api().create(RBAC + namespace + "/roles", role, true);
    return user.kubeconfig("Role", user.name);
  }

  /**
   * A user with a Role in one namespace, or with a ClusterRole everywhere; returns its kubeconfig.
   *
   * @param namespace of the Role and of the user
   * @param name of the user, its role and its binding
   * @param rules as a role has them
   */
  static Path withRules(
      KubeTest test, String namespace, String name, boolean everywhere, List<Object> rules) {
    KubeUser user = new KubeUser(test, namespace, name);
    String where = everywhere ? ALL : RBAC + namespace + "/";
    String kind = everywhere ? "ClusterRole" : "Role";
    Map<String, Object> role = user.object("rbac.authorization.k8s.io/v1", kind);
    role.put("rules", rules);
    String roles = where + kind.toLowerCase(java.util.Locale.ROOT) + "s";
    test.api().create(roles, role, true);
    if (everywhere) {
      test.removeAtEnd(roles + "/" + name);
      test.removeAtEnd(where + "clusterrolebindings/" + name);
    }
    return user.kubeconfig(where, kind, name);
  }

  private Path kubeconfig(String roleKind, String role) {
    return kubeconfig(RBAC + namespace + "/", roleKind, role);
  }

  private Path kubeconfig(String where, String roleKind, String role) {
    KubeApi api = test.api();
    String accounts = "/api/v1/namespaces/" + namespace + "/serviceaccounts";
    api.create(accounts, object("v1", "ServiceAccount"), true);
    boolean everywhere = where.equals(ALL);
    Map<String, Object> binding =
        object("rbac.authorization.k8s.io/v1", everywhere ? "ClusterRoleBinding" : "RoleBinding");
    binding.put(
        "roleRef",
        Tree.of("apiGroup", "rbac.authorization.k8s.io", "kind", roleKind, "name", role));
    binding.put(
        "subjects",
        List.of(Tree.of("kind", "ServiceAccount", "name", name, "namespace", namespace)));
    api.create(where + (everywhere ? "clusterrolebindings" : "rolebindings"), binding, true);
    Map<String, Object> request =
        Tree.of("apiVersion", "authentication.k8s.io/v1", "kind", "TokenRequest");
    Map<String, Object> answer = api.create(accounts + "/" + name + "/token", request, false);
    return write(String.valueOf(Tree.text(answer, "status", "token")));
  }

  /** The administrator's kubeconfig with another user. */
  private Path write(String token) {
    try {
      Path own = test.directory().resolve(name + ".kubeconfig");
      String text = Files.readString(Path.of(test.environment().get("KUBECONFIG")));
      Map<String, Object> config =
          Tree.copy(Tree.map(new Load(LoadSettings.builder().build()).loadFromString(text)));
      config.put("users", List.of(Tree.of("name", name, "user", Tree.of("token", token))));
      for (Object context : Tree.list(config, "contexts")) {
        Tree.make(Tree.map(context), "context").put("user", name);
      }
      return Files.writeString(own, PlainText.yaml(config));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> object(String version, String kind) {
    return Tree.of("apiVersion", version, "kind", kind, "metadata", Tree.of("name", name));
  }
}
