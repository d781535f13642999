package dev.symphony.kube.internal.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NodePlatformsTest {
  private final List<String> told = new ArrayList<>();

  private List<String> platforms(Supplier<Map<String, Object>> answer) {
    KubeApi api =
        (KubeApi)
            Proxy.newProxyInstance(
                KubeApi.class.getClassLoader(),
                new Class<?>[] {KubeApi.class},
                (proxy, method, args) -> {
                  assertEquals("get /api/v1/nodes", method.getName() + " " + args[0]);
                  return answer.get();
                });
    return new NodePlatforms(() -> api, told::add).get();
  }

  private static Map<String, Object> nodes(String... platforms) {
    List<Object> items = new ArrayList<>();
    for (String platform : platforms) {
      String[] parts = platform.split("/");
      items.add(
          Tree.of(
              "status",
              Tree.of("nodeInfo", Tree.of("operatingSystem", parts[0], "architecture", parts[1]))));
    }
    return Tree.of("items", items);
  }

  @Test
  void areThoseOfTheNodesEachOnce() {
    assertEquals(
        List.of("linux/amd64", "linux/arm64"),
        platforms(() -> nodes("linux/arm64", "linux/amd64", "windows/amd64", "linux/arm64")));
    assertEquals(List.of(), told);
  }

  @Test
  void areTheUsualOneWhereThereIsNoNode() {
    assertEquals(List.of("linux/amd64"), platforms(() -> nodes()));
  }

  @Test
  void areTheUsualOneAndToldWhereNodesMayNotBeListed() {
    assertEquals(
        List.of("linux/amd64"),
        platforms(
            () -> {
              throw new ApiException("forbidden", 403, Map.of());
            }));
    assertEquals(
        List.of(
            "you may not list the cluster's nodes, so the image is made for linux/amd64; the option"
                + " platforms names others"),
        told);
  }

  @Test
  void failWhereTheServerIsAway() {
    assertThrows(
        ApiException.class,
        () ->
            platforms(
                () -> {
                  throw new ApiException("away", 0, Map.of());
                }));
  }
}
