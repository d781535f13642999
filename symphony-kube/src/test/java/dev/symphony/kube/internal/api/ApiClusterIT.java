package dev.symphony.kube.internal.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.kube.KubeTest;
import dev.symphony.kube.RealCluster;
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
}
