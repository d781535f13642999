package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.FileLocation;
import dev.symphony.engine.Forward;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.LogStream;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.Secret;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.State;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.Tree;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The roles of the documentation suffice, and without any of their verbs a line names it. */
@ExtendWith(RealCluster.class)
final class PermissionsClusterIT {
  private static final ProcessName AGENT = new ProcessName(null, "agent");
  private static final ProcessName STUCK = new ProcessName(null, "stuck");

  /** What a user tries. */
  private interface Attempt {
    void as(KubeCluster cluster) throws Exception;
  }

  /** A user without a verb, and what he tries. */
  private record Lacking(String verb, String resource, Attempt attempt) {
    @Override
    public String toString() {
      return verb + " " + resource;
    }
  }

  /** Makes a user of this name with these rules. */
  private interface Users {
    KubeCluster cluster(String name, List<Object> rules);
  }

  private final List<Lacking> lacking = new ArrayList<>();

  @Test
  void theRoleForNamespacesOfTheirOwn(KubeTest test) throws Exception {
    String users = test.namespace("users");
    List<Object> rules = rules("own-namespaces.yaml");
    Path all = KubeUser.withRules(test, users, test.name("all"), true, rules);
    theWholeRound(test, test.cluster(options -> options.kubeconfig(all)), "round");

    String name = test.name("rl");
    KubeCluster admin = test.cluster();
    launch(admin, name);
    common(test, name);
    add("create", "namespaces", user -> user.launch(experiment(user, test.name("denied"))));
    add("get", "namespaces", user -> user.describeExperiment(name));
    add("list", "namespaces", KubeCluster::listExperiments);
    add("delete", "services", user -> user.delete(name));
    add("delete", "namespaces", user -> user.delete(launched(admin, test.name("kept"))));
    eachIsNamed(
        rules,
        List.of("deletecollection pods"),
        (user, less) -> {
          Path kubeconfig = KubeUser.withRules(test, users, test.name(user), true, less);
          return test.cluster(options -> options.kubeconfig(kubeconfig));
        });
  }

  @Test
  void theRoleForOneNamespace(KubeTest test) throws Exception {
    String namespace = test.namespace("team");
    List<Object> rules = rules("one-namespace.yaml");
    Path all = KubeUser.withRules(test, namespace, "all", false, rules);
    theWholeRound(
        test, test.cluster(options -> options.namespace(namespace).kubeconfig(all)), "round");
    assertNoneLeft(test, namespace);

    String name = test.name("rl");
    KubeCluster admin = test.cluster(options -> options.namespace(namespace));
    launch(admin, name);
    common(test, name);
    add("get", "configmaps", user -> user.describeExperiment(name));
    add("delete", "services", user -> user.delete(launched(admin, test.name("one"))));
    add("delete", "configmaps", user -> user.delete(launched(admin, test.name("two"))));
    eachIsNamed(
        rules,
        List.of(),
        (user, less) -> {
          Path kubeconfig = KubeUser.withRules(test, namespace, user, false, less);
          return test.cluster(options -> options.namespace(namespace).kubeconfig(kubeconfig));
        });
  }

  /** What both modes need. */
  private void common(KubeTest test, String name) {
    for (String resource : List.of("pods", "services", "configmaps", "secrets")) {
      add("create", resource, user -> user.launch(experiment(user, test.name("no-" + resource))));
    }
    add("patch", "configmaps", user -> user.launch(experiment(user, test.name("no-notes"))));
    add("list", "configmaps", user -> user.services(name));
    add("list", "pods", user -> user.describeExperiment(name));
    add("get", "pods", user -> user.inspectProcess(name, AGENT));
    add("patch", "pods", user -> user.stop(name, List.of(AGENT)));
    add("delete", "pods", user -> user.stop(name, List.of(STUCK)));
    add("get", "pods/log", user -> log(user, name));
    for (String verb : List.of("create", "get")) {
      add(verb, "pods/exec", user -> execute(user, name));
      add(verb, "pods/portforward", user -> connect(user, name));
    }
    add("list", "services", user -> user.services(name));
    add(
        "list",
        "events",
        user -> {
          String event = user.inspectProcess(name, AGENT).details().get("event");
          throw new SymphonyException(String.valueOf(event));
        });
  }

  private void add(String verb, String resource, Attempt attempt) {
    lacking.add(new Lacking(verb, resource, attempt));
  }

  /**
   * Takes each verb away from a user of his own, and has him try.
   *
   * @param optional what nothing fails without
   */
  private void eachIsNamed(List<Object> rules, List<String> optional, Users users)
      throws Exception {
    TreeSet<String> granted = new TreeSet<>();
    for (Object rule : rules) {
      for (Object resource : Tree.list(rule, "resources")) {
        Tree.list(rule, "verbs").forEach(verb -> granted.add(verb + " " + resource));
      }
    }
    TreeSet<String> tried = new TreeSet<>(optional);
    lacking.forEach(one -> tried.add(one.toString()));
    assertEquals(granted, tried);

    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (Lacking one : lacking) {
        String user = "no-" + one.verb() + "-" + one.resource().replace('/', '-');
        answers.add(threads.submit(() -> problem(one, users.cluster(user, without(rules, one)))));
      }
      List<String> problems = new ArrayList<>();
      for (Future<String> answer : answers) {
        problems.add(answer.get());
      }
      problems.removeIf(String::isEmpty);
      assertEquals(List.of(), problems);
    } finally {
      threads.shutdownNow();
    }
  }

  /** What is wrong with what a user is told; empty for nothing. */
  private static String problem(Lacking one, KubeCluster user) {
    String wanted = "cannot " + one.verb() + " resource \"" + one.resource() + "\"";
    try {
      one.attempt().as(user);
      return "without '" + one + "' nothing fails";
    } catch (SymphonyException e) {
      String told = String.valueOf(e.getMessage());
      boolean good = told.contains(wanted) && told.indexOf('\n') < 0;
      return good ? "" : "without '" + one + "': " + told;
    } catch (Exception | Error e) {
      return "without '" + one + "': " + e;
    }
  }

  private static List<Object> without(List<Object> rules, Lacking one) {
    List<Object> less = new ArrayList<>();
    for (Object rule : rules) {
      for (Object resource : Tree.list(rule, "resources")) {
        List<Object> verbs = new ArrayList<>(Tree.list(rule, "verbs"));
        if (resource.equals(one.resource())) {
          verbs.remove(one.verb());
        }
        if (!verbs.isEmpty()) {
          less.add(
              Tree.of("apiGroups", List.of(""), "resources", List.of(resource), "verbs", verbs));
        }
      }
    }
    return less;
  }

  // ---- the whole round

  private static void theWholeRound(KubeTest test, KubeCluster cluster, String base)
      throws Exception {
    String name = test.name(base);
    cluster.validate(cluster.plan(experiment(cluster, name)));
    launch(cluster, name);
    assertTrue(cluster.listExperiments().contains(name));
    assertEquals(2, cluster.services(name).size());
    assertEquals(AGENT, cluster.inspectProcess(name, AGENT).status().name());
    assertEquals("hello\n", log(cluster, name));
    execute(cluster, name);
    connect(cluster, name);
    copy(test, cluster, name);
    assertEquals(List.of(STUCK), cluster.stop(name, List.of(STUCK)));
    assertEquals(List.of(AGENT), cluster.stop(name, List.of(AGENT)));
    assertEquals(List.of(AGENT, STUCK), cluster.start(name, List.of()));
    cluster.stop(name, List.of());
    assertEquals(
        State.STOPPED,
        cluster.await(name, List.of(), Duration.ofSeconds(30), false, failed -> {}).outcome());
    cluster.delete(name);
    assertTrue(!cluster.listExperiments().contains(name));
  }

  private static KubeExperimentSpec experiment(KubeCluster cluster, String name) {
    KubeExperimentSpec experiment = cluster.newExperiment(name);
    experiment.secret("TOKEN", Secret.of("not-for-everybody"));
    experiment
        .newProcess("agent")
        .shell("trap 'exit 0' TERM; echo hello; cd /tmp;", " httpd -f -p $SYMPH_PAGE_PORT & wait")
        .binds("board")
        .exposes("page");
    experiment.newProcess("stuck").command("true").nodeSelector("no.such/label", "there");
    return experiment;
  }

  private static String launched(KubeCluster cluster, String name) {
    cluster.launch(experiment(cluster, name));
    return name;
  }

  private static void launch(KubeCluster cluster, String name) {
    launched(cluster, name);
    KubeTest.waitFor(
        "agent of " + name + " runs",
        () -> cluster.describeProcess(name, AGENT).state() == State.RUNNING);
    KubeTest.waitFor(
        "stuck of " + name + " is known to be so",
        () -> "Unschedulable".equals(cluster.describeProcess(name, STUCK).reason()));
  }

  private static String log(KubeCluster cluster, String name) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (LogStream log = cluster.logs(name, AGENT, LogOptions.all())) {
      KubeTest.waitFor(
          "the end of the log",
          () -> log.poll((bytes, at, length, time) -> text.write(bytes, at, length)) < 0);
    } catch (AssertionError e) {
      if (e.getCause() instanceof SymphonyException known) {
        throw known;
      }
      throw e;
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private static void execute(KubeCluster cluster, String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream nothing = InputStream.nullInputStream();
    int code = cluster.exec(name, AGENT, List.of("echo", "there"), nothing, out, out);
    assertEquals("0 there\n", code + " " + out.toString(StandardCharsets.UTF_8));
  }

  private static void copy(KubeTest test, KubeCluster cluster, String name) throws IOException {
    Path sent = Files.writeString(test.directory().resolve("sent"), "text");
    Path back = test.directory().resolve("back");
    FileLocation there = FileLocation.at(AGENT, "/tmp/copied");
    cluster.transferFile(name, FileLocation.here(sent.toString()), there);
    cluster.transferFile(name, there, FileLocation.here(back.toString()));
    assertEquals("text", Files.readString(back));
  }

  /** Asks the page for something; fails with what the forward said where nobody answers. */
  private static void connect(KubeCluster cluster, String name) throws Exception {
    List<String> said = Collections.synchronizedList(new ArrayList<>());
    cluster.setProgress(KubeTest.unlessSlow(said::add));
    ServiceAddress page = cluster.externalService(name, "page");
    try (Forward forward = cluster.forward(name, page, 0)) {
      URI address = URI.create(forward.address().url());
      try (InputStream answer = address.toURL().openStream()) {
        answer.readAllBytes();
      } catch (FileNotFoundException e) {
        return; // The page has nothing there, and says so.
      } catch (IOException e) {
        throw new SymphonyException(said.isEmpty() ? e.toString() : said.get(0), e);
      }
    }
  }

  /** Secrets, too, which the role lets nobody list: they go with their owner. */
  private static void assertNoneLeft(KubeTest test, String namespace) {
    for (String plural : List.of("pods", "services", "secrets", "configmaps")) {
      String path = "/api/v1/namespaces/" + namespace + "/" + plural;
      String own = "?labelSelector=app.kubernetes.io%2Fmanaged-by%3Dsymphony";
      KubeTest.waitFor(
          plural + " are gone", () -> Tree.list(test.api().get(path + own), "items").isEmpty());
    }
  }

  // ---- roles

  private static List<Object> rules(String file) throws IOException {
    String text = Files.readString(Path.of("..", "docs", "roles", file));
    Object role = new Load(LoadSettings.builder().build()).loadFromString(text);
    return Tree.list(role, "rules");
  }
}
