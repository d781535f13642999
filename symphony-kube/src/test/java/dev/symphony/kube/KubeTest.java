package dev.symphony.kube;

import dev.symphony.engine.Progress;
import dev.symphony.kube.internal.api.Json;
import dev.symphony.kube.internal.api.KubeAccess;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.ClusterContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What one test has on a real cluster: names of its own, a folder, an API; removed at its end. */
public final class KubeTest implements ExtensionContext.Store.CloseableResource, AutoCloseable {
  /** An image with a shell, tar and a few more on the development cluster's node. */
  public static final String BUSYBOX =
      System.getProperty("symphony.test.image", "localhost/busybox:1");

  private static final String AUTHORITY = "/api/v1/namespaces/default/configmaps/kube-root-ca.crt";

  /** Something that is waited for. */
  public interface Condition {
    /** Whether it is so. */
    boolean holds() throws Exception;
  }

  private final String context;
  private final String prefix;
  private final Path directory;
  private final KubeAccess access;
  private final KubeApi api;
  private final List<KubeCluster> clusters = new ArrayList<>();

  KubeTest(String context) {
    this.context = context;
    prefix = "t" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 41), 36);
    try {
      directory = Files.createTempDirectory("symphony-kube-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    access = KubeAccess.load(null, context, System.getenv(), home(), Path.of(""));
    api = access.open();
  }

  private static Path home() {
    return Path.of(System.getProperty("user.home"));
  }

  /** Asks the cluster as its administrator. */
  public KubeApi api() {
    return api;
  }

  /** Where the cluster is. */
  public KubeAccess access() {
    return access;
  }

  /** The name of the context. */
  public String context() {
    return context;
  }

  /** A folder of this test's own. */
  public Path directory() {
    return directory;
  }

  /** A name that no other test has, for an experiment or a namespace; removed with the test. */
  public String name(String base) {
    return prefix + "-" + base;
  }

  /** Makes a namespace of this test's own; returns its name. */
  public String namespace(String base) {
    return namespace(base, Map.of());
  }

  /** The same with labels. */
  public String namespace(String base, Map<String, Object> labels) {
    String name = name(base);
    Map<String, Object> metadata = Tree.of("name", name, "labels", labels);
    Map<String, Object> namespace =
        Tree.of("apiVersion", "v1", "kind", "Namespace", "metadata", metadata);
    api.create("/api/v1/namespaces", namespace, true);
    waitFor(
        "the service account of " + name,
        () -> api.find("/api/v1/namespaces/" + name + "/serviceaccounts/default") != null);
    return name;
  }

  /** The surroundings of a program with its own state and this test's kubeconfig. */
  public ClusterContext surroundings(Map<String, String> more) {
    Map<String, String> environment = environment();
    environment.putAll(more);
    return ClusterContext.of(environment, directory);
  }

  /** The environment of a program with its own state and this test's kubeconfig. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("HOME", directory.toString());
    environment.put("SYMPHONY_HOME", directory.resolve("state").toString());
    environment.putIfAbsent("KUBECONFIG", home().resolve(".kube").resolve("config").toString());
    return environment;
  }

  /** A cluster on the context. */
  public KubeCluster cluster() {
    return cluster(builder -> builder);
  }

  /** The same with more options. */
  public KubeCluster cluster(UnaryOperator<KubeCluster.Builder> options) {
    KubeCluster cluster =
        options
            .apply(KubeCluster.builder().context(context).image(BUSYBOX))
            .build(surroundings(Map.of()));
    synchronized (this) {
      clusters.add(cluster);
    }
    return cluster;
  }

  /** Makes a pod of one container, named like it up to a dot; waits until it has begun. */
  public void runPod(
      String namespace, String name, Map<String, Object> metadata, String... command) {
    Map<String, Object> meta = Tree.of("name", name);
    Tree.merge(meta, metadata);
    int dot = name.indexOf('.');
    Map<String, Object> container =
        Tree.of(
            "name",
            dot < 0 ? name : name.substring(0, dot),
            "image",
            BUSYBOX,
            "command",
            List.of((Object[]) command));
    Map<String, Object> pod =
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "Pod",
            "metadata",
            meta,
            "spec",
            Tree.of(
                "restartPolicy",
                "Never",
                "terminationGracePeriodSeconds",
                1,
                "containers",
                List.of(container)));
    String pods = "/api/v1/namespaces/" + namespace + "/pods";
    api.create(pods, pod, true);
    waitFor(
        "pod " + name + " has begun",
        // One that is short may never be seen while it runs.
        () -> !"Pending".equals(Tree.text(api.get(pods + "/" + name), "status", "phase")));
  }

  /**
   * A kubeconfig for a user of its own, with no rights but those of a Role in one namespace.
   *
   * @param rules as a Role has them; empty for none
   */
  public Path user(String namespace, String name, List<Map<String, Object>> rules)
      throws IOException {
    String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace;
    String accounts = "/api/v1/namespaces/" + namespace + "/serviceaccounts";
    Map<String, Object> metadata = Tree.of("name", name);
    api.create(accounts, Tree.of("kind", "ServiceAccount", "metadata", metadata), true);
    api.create(
        rbac + "/roles", Tree.of("kind", "Role", "metadata", metadata, "rules", rules), true);
    api.create(
        rbac + "/rolebindings",
        Tree.of(
            "kind",
            "RoleBinding",
            "metadata",
            metadata,
            "roleRef",
            Tree.of("apiGroup", "rbac.authorization.k8s.io", "kind", "Role", "name", name),
            "subjects",
            List.of(Tree.of("kind", "ServiceAccount", "name", name, "namespace", namespace))),
        true);
    Map<String, Object> request =
        Tree.of("kind", "TokenRequest", "apiVersion", "authentication.k8s.io/v1");
    String token =
        Tree.text(api.create(accounts + "/" + name + "/token", request, false), "status", "token");
    Path own = directory.resolve(name + ".token");
    Files.writeString(own, String.valueOf(token));
    Path file = directory.resolve(name + ".kubeconfig");
    String cluster = access.server();
    String authority = Tree.text(api.get(AUTHORITY), "data", "ca.crt");
    String data =
        Base64.getEncoder()
            .encodeToString(String.valueOf(authority).getBytes(StandardCharsets.US_ASCII));
    Map<String, Object> config =
        Tree.of(
            "clusters",
            List.of(
                Tree.of(
                    "name",
                    "c",
                    "cluster",
                    Tree.of("server", cluster, "certificate-authority-data", data))),
            "users",
            List.of(Tree.of("name", name, "user", Tree.of("tokenFile", own.toString()))),
            "contexts",
            List.of(
                Tree.of(
                    "name",
                    name,
                    "context",
                    Tree.of("cluster", "c", "user", name, "namespace", namespace))),
            "current-context",
            name);
    return Files.write(file, Json.bytes(config));
  }

  /** Runs a command of the development cluster, such as {@code stop-apiserver}. */
  public String clusterCommand(String... arguments) {
    String program = System.getenv("SYMPHONY_TEST_CLUSTER");
    Assumptions.assumeTrue(program != null, "SYMPHONY_TEST_CLUSTER names no cluster command");
    List<String> argv = new ArrayList<>(List.of(program));
    argv.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new AssertionError(argv + ": " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs something in a thread of its own: Java 25 has but one for all on two processors. */
  public static <T> CompletableFuture<T> async(Supplier<T> work) {
    return CompletableFuture.supplyAsync(
        work,
        task -> {
          Thread thread = new Thread(task, "beside-the-test");
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** Leaves out that a server is slow, which a busy one may be at any time. */
  static Progress unlessSlow(Consumer<String> told) {
    return line -> {
      if (!line.startsWith("waiting for the API server ")) {
        told.accept(line);
      }
    };
  }

  /** Waits, at most a minute, until something holds. */
  public static void waitFor(String what, Condition condition) {
    waitFor(what, Duration.ofMinutes(1), condition);
  }

  /** The same with another limit. */
  public static void waitFor(String what, Duration limit, Condition condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        if (condition.holds()) {
          return;
        }
        if (System.nanoTime() > deadline) {
          throw new AssertionError("waited for " + limit.toSeconds() + " s: " + what);
        }
        Thread.sleep(50);
      } catch (Exception e) {
        throw new AssertionError("while waiting: " + what, e);
      }
    }
  }

  /** Removes the namespaces of this test with all that is in them; does not wait until gone. */
  @Override
  public void close() throws IOException {
    for (KubeCluster cluster : clusters) {
      cluster.close();
    }
    try (api) {
      for (Object item : Tree.list(api.get("/api/v1/namespaces"), "items")) {
        String name = Tree.text(item, "metadata", "name");
        if (name != null && name.startsWith(prefix)) {
          Map<String, Object> now = Tree.of("gracePeriodSeconds", 0);
          api.delete("/api/v1/namespaces/" + name + "/pods", now);
          api.delete("/api/v1/namespaces/" + name, null);
        }
      }
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
