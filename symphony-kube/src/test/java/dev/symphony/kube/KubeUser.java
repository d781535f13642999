package dev.symphony.kube;

import dev.symphony.kube.internal.api.KubeAccess;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.PlainText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A user who may do little: a service account with a token, and rights in one namespace. */
final class KubeUser {
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";

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
    KubeUser user = new KubeUser(test, namespace, "user-" + role);
    return user.kubeconfig("ClusterRole", role, rules(Map.of("pods", List.of("get"))).get(0));
  }

  /**
   * A user with a Role of these rules in one namespace; returns its kubeconfig.
   *
   * @param rules verbs by resource of the core API
   */
  static Path withRole(KubeTest test, String namespace, Map<String, List<String>> rules) {
    KubeUser user = new KubeUser(test, namespace, "user");
    Map<String, Object> role = user.object("rbac.authorization.k8s.io/v1", "Role");
    role.put("rules", rules(rules));
    test.api().create(RBAC + "namespaces/" + namespace + "/roles", role, true);
    return user.kubeconfig("Role", user.name, rules(rules).get(0));
  }

  /**
   * A user with a Role in one namespace, or with a ClusterRole everywhere; returns its kubeconfig.
   *
   * @param home the namespace of the Role and of the user, with which its rights go
   * @param name of the user, its role and its binding
   * @param rules as a role has them
   */
  static Path withRules(
      KubeTest test, String home, String name, boolean everywhere, List<Object> rules) {
    KubeUser user = new KubeUser(test, home, name);
    if (!everywhere) {
      Map<String, Object> role = user.object("rbac.authorization.k8s.io/v1", "Role");
      role.put("rules", rules);
      test.api().create(RBAC + "namespaces/" + home + "/roles", role, true);
      return user.kubeconfig("Role", name, rules.get(0));
    }
    Map<String, Object> role = user.ownedByHome("ClusterRole");
    role.put("rules", rules);
    test.api().create(RBAC + "clusterroles", role, true);
    Map<String, Object> binding = user.ownedByHome("ClusterRoleBinding");
    user.bind(binding, "ClusterRole", name);
    test.api().create(RBAC + "clusterrolebindings", binding, true);
    return user.account(rules.get(0));
  }

  private static List<Object> rules(Map<String, List<String>> rules) {
    List<Object> listed = new ArrayList<>();
    rules.forEach(
        (resource, verbs) ->
            listed.add(
                Tree.of("apiGroups", List.of(""), "resources", List.of(resource), "verbs", verbs)));
    return listed;
  }

  /** An object of no namespace that goes with the user's own one. */
  private Map<String, Object> ownedByHome(String kind) {
    Map<String, Object> home = test.api().get("/api/v1/namespaces/" + namespace);
    Map<String, Object> owner =
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "Namespace",
            "name",
            namespace,
            "uid",
            Tree.at(home, "metadata", "uid"));
    Map<String, Object> object = object("rbac.authorization.k8s.io/v1", kind);
    Tree.make(object, "metadata").put("ownerReferences", List.of(owner));
    return object;
  }

  private void bind(Map<String, Object> binding, String roleKind, String role) {
    binding.put(
        "roleRef",
        Tree.of("apiGroup", "rbac.authorization.k8s.io", "kind", roleKind, "name", role));
    binding.put(
        "subjects",
        List.of(Tree.of("kind", "ServiceAccount", "name", name, "namespace", namespace)));
  }

  private Path kubeconfig(String roleKind, String role, Object rule) {
    Map<String, Object> binding = object("rbac.authorization.k8s.io/v1", "RoleBinding");
    bind(binding, roleKind, role);
    test.api().create(RBAC + "namespaces/" + namespace + "/rolebindings", binding, true);
    return account(rule);
  }

  /**
   * Makes its account and waits until the server knows its rights; returns its kubeconfig.
   *
   * @param rule one of those that it has
   */
  private Path account(Object rule) {
    KubeApi api = test.api();
    String accounts = "/api/v1/namespaces/" + namespace + "/serviceaccounts";
    api.create(accounts, object("v1", "ServiceAccount"), true);
    Map<String, Object> request =
        Tree.of("apiVersion", "authentication.k8s.io/v1", "kind", "TokenRequest");
    Map<String, Object> answer = api.create(accounts + "/" + name + "/token", request, false);
    Path kubeconfig = write(String.valueOf(Tree.text(answer, "status", "token")));
    awaitRight(kubeconfig, rule);
    return kubeconfig;
  }

  private void awaitRight(Path kubeconfig, Object rule) {
    Map<String, Object> review =
        Tree.of(
            "apiVersion",
            "authorization.k8s.io/v1",
            "kind",
            "SelfSubjectAccessReview",
            "spec",
            Tree.of(
                "resourceAttributes",
                Tree.of(
                    "namespace",
                    namespace,
                    "verb",
                    Tree.list(rule, "verbs").get(0),
                    "resource",
                    Tree.list(rule, "resources").get(0))));
    KubeAccess access =
        KubeAccess.load(kubeconfig, test.context(), test.environment(), kubeconfig, kubeconfig);
    try (KubeApi api = access.open()) {
      KubeTest.waitFor(
          "the rights of " + name,
          () ->
              Boolean.TRUE.equals(
                  Tree.at(
                      api.create(
                          "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review, false),
                      "status",
                      "allowed")));
    }
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
