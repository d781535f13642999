package dev.symphony.kube.internal.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.kube.KubeTest;
import dev.symphony.kube.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealCluster.class)
final class ApiClusterIT {
  private static Map<String, Object> configMap(String name, String value) {
    return Tree.of(
        "apiVersion",
        "v1",
        "kind",
        "ConfigMap",
        "metadata",
        Tree.of("name", name),
        "data",
        Tree.of("key", value));
  }

  @Test
  void createsReadsChangesAndDeletes(KubeTest test) {
    KubeApi api = test.api();
    String maps = "/api/v1/namespaces/" + test.namespace("crud") + "/configmaps";

    Map<String, Object> made = api.create(maps, configMap("one", "a"), true);
    assertEquals("PartialObjectMetadata", made.get("kind"));
    assertNotNull(Tree.text(made, "metadata", "uid"));
    assertEquals("a", Tree.text(api.get(maps + "/one"), "data", "key"));

    api.patch(maps + "/one", KubeApi.Patch.MERGE, Tree.of("data", Tree.of("key", "b")));
    Map<String, Object> changed = api.get(maps + "/one");
    assertEquals("b", Tree.text(changed, "data", "key"));
    Tree.make(changed, "data").put("key", "c");
    assertEquals("c", Tree.text(api.put(maps + "/one", changed), "data", "key"));
    api.patch(
        maps + "/one",
        KubeApi.Patch.JSON,
        List.of(Tree.of("op", "replace", "path", "/data/key", "value", "d")));
    assertEquals("d", Tree.text(api.find(maps + "/one"), "data", "key"));

    assertNotNull(api.delete(maps + "/one", null));
    assertNull(api.find(maps + "/one"));
    assertNull(api.delete(maps + "/one", null));
  }

  @Test
  void tellsTheServersOwnReason(KubeTest test) {
    String maps = "/api/v1/namespaces/" + test.namespace("reason") + "/configmaps";
    test.api().create(maps, configMap("one", "a"), false);
    ApiException twice =
        assertThrows(
            ApiException.class, () -> test.api().create(maps, configMap("one", "b"), true));
    assertEquals(409, twice.status());
    assertEquals("AlreadyExists", twice.reason());
    assertEquals("configmaps \"one\" already exists", twice.getMessage());

    ApiException wrong =
        assertThrows(
            ApiException.class, () -> test.api().create(maps, configMap("BAD_Name!", "b"), true));
    assertEquals(422, wrong.status());
    assertTrue(wrong.getMessage().startsWith("ConfigMap \"BAD_Name!\" is invalid"));

    ApiException path =
        assertThrows(ApiException.class, () -> test.api().get("/apis/no.such/v1/things"));
    assertTrue(path.getMessage().contains("/apis/no.such/v1/things"), path.getMessage());
  }

  @Test
  void followsALogUntilItIsClosed(KubeTest test) throws Exception {
    String namespace = test.namespace("log");
    test.runPod(namespace, "talk", Map.of(), "sh", "-c", "echo one; sleep 1; echo two; sleep 600");
    String log = "/api/v1/namespaces/" + namespace + "/pods/talk/log?follow=true";
    try (KubeApi.Stream stream = test.api().stream(log)) {
      assertEquals("one\ntwo\n", new String(stream.body().readNBytes(8), UTF_8));
      assertEquals(0, stream.body().available());
      assertFalse(stream.ready());
      Thread other = new Thread(stream::close);
      other.start();
      assertThrows(java.io.IOException.class, () -> stream.body().read());
      other.join();
    }
    ApiException missing =
        assertThrows(
            ApiException.class,
            () -> test.api().stream("/api/v1/namespaces/" + namespace + "/pods/no/log").close());
    assertEquals("pods \"no\" not found", missing.getMessage());
  }

  @Test
  void speaksOverASocketInChannels(KubeTest test) throws Exception {
    String namespace = test.namespace("socket");
    test.runPod(namespace, "idle", Map.of(), "sleep", "600");
    String pod = "/api/v1/namespaces/" + namespace + "/pods/";
    String exec = "/exec?container=idle&stdin=true&stdout=true&stderr=true&command=cat";
    List<String> protocols = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");
    try (KubeApi.Socket socket = test.api().connect(pod + "idle" + exec, protocols)) {
      assertEquals("v5.channel.k8s.io", socket.protocol());
      byte[] sent = new byte[300_000];
      java.util.Arrays.fill(sent, (byte) 'x');
      Thread writer =
          new Thread(
              () -> {
                try {
                  socket.send(0, sent, 0, sent.length);
                  socket.send(255, new byte[] {0}, 0, 1);
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      writer.start();
      int got = 0;
      String status = "";
      for (byte[] message = socket.receive(); message != null; message = socket.receive()) {
        got += message[0] == 1 ? message.length - 1 : 0;
        status += message[0] == 3 ? new String(message, 1, message.length - 1, UTF_8) : "";
      }
      writer.join();
      assertEquals(sent.length, got);
      assertEquals("Success", Tree.text(Json.object(status.getBytes(UTF_8)), "status"));
    }
    ApiException missing =
        assertThrows(
            ApiException.class, () -> test.api().connect(pod + "no" + exec, protocols).close());
    assertEquals("pods \"no\" not found", missing.getMessage());
  }

  @Test
  void namesTheRightThatAUserLacks(KubeTest test) throws Exception {
    String namespace = test.namespace("rights");
    Map<String, Object> rule =
        Tree.of("apiGroups", List.of(""), "resources", List.of("pods"), "verbs", List.of("list"));
    Path config = test.user(namespace, "little", List.of(rule));
    String pods = "/api/v1/namespaces/" + namespace + "/pods";
    try (KubeApi api =
        KubeAccess.load(config, null, Map.of(), test.directory(), test.directory()).open()) {
      assertEquals(namespace, api.namespace());
      KubeTest.waitFor("the right to list", () -> canList(api, pods));
      ApiException told =
          assertThrows(ApiException.class, () -> api.create(pods, Tree.of("kind", "Pod"), true));
      assertEquals(403, told.status());
      assertTrue(told.getMessage().contains("cannot create resource \"pods\""));
      assertTrue(
          told.getMessage().endsWith("; ask for a Role that allows it, see docs/kubernetes.md"));
    }
    Files.writeString(test.directory().resolve("little.token"), "nonsense");
    try (KubeApi api =
        KubeAccess.load(config, null, Map.of(), test.directory(), test.directory()).open()) {
      String told = assertThrows(ApiException.class, () -> api.get(pods)).getMessage();
      assertTrue(told.contains(" rejects the token in " + test.directory()), told);
    }
  }

  private static boolean canList(KubeApi api, String pods) {
    try {
      return api.get(pods).containsKey("items");
    } catch (ApiException e) {
      return false;
    }
  }
}
