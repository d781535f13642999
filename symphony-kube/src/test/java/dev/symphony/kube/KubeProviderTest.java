package dev.symphony.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import dev.symphony.spi.Attribute;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.Support;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeProviderTest {
  private static final ClusterContext HERE =
      ClusterContext.of(Map.of("HOME", "/home/me"), Path.of("/work"));

  private static void refuses(Map<String, ?> options, String... words) {
    UsageException refusal =
        assertThrows(UsageException.class, () -> Cluster.of("kube", options, HERE));
    for (String word : words) {
      assertTrue(refusal.getMessage().contains(word), refusal.getMessage());
    }
  }

  @Test
  void withoutAKubeconfigNobodyIsAskedAndADeadServerIsToldOf(@TempDir Path home) throws Exception {
    KubeProvider provider = new KubeProvider();
    ClusterContext here = ClusterContext.of(Map.of("HOME", home.toString()), home);
    assertTrue(provider.isRemote());
    assertFalse(provider.hasExperiments(Map.of(), here));
    Path kubeconfig = home.resolve(".kube/config");
    Files.createDirectories(kubeconfig.getParent());
    Files.writeString(
        kubeconfig,
        """
        clusters: [{name: dead, cluster: {server: 'https://127.0.0.1:1'}}]
        contexts: [{name: dead, context: {cluster: dead}}]
        current-context: dead
        """);
    SymphonyException dead =
        assertThrows(SymphonyException.class, () -> provider.hasExperiments(Map.of(), here));
    assertTrue(dead.getMessage().contains("127.0.0.1:1"), dead.getMessage());
    assertThrows(UsageException.class, () -> provider.hasExperiments(Map.of("color", "red"), here));
  }

  @Test
  void takesEveryOptionByName() {
    Map<String, ?> options =
        Map.of(
            "context", "lab",
            "kubeconfig", "~/.kube/lab",
            "namespace", "team-blue",
            "expose", "forward",
            "image", "me/rl:1",
            "classPath", "/app/*",
            "serviceAnnotations", Map.of("example.com/internal", true),
            "sourceRanges", List.of("10.0.0.0/8", "fd00::/8"));
    assertInstanceOf(KubeCluster.class, Cluster.of("kube", options, HERE));
    assertInstanceOf(
        KubeCluster.class,
        Cluster.of(
            "kubernetes",
            Map.of("expose", "public", "sourceRanges", "10.0.0.0/8, 1.2.3.4/32"),
            HERE));
    Map<String, ?> ofImages =
        Map.of(
            "registry", "registry.lab:5000/me",
            "baseImage", "registry.lab:5000/java:17",
            "insecureRegistry", true,
            "platforms", "linux/amd64, linux/arm64",
            "imageAdditions", Map.of("ports", List.of(6006L)));
    assertInstanceOf(KubeCluster.class, Cluster.of("kube", ofImages, HERE));
  }

  @Test
  void refusesUnknownOptionsWithThoseKnown() {
    refuses(Map.of("nameSpace", "x"), "'nameSpace'", "context", "namespace", "sourceRanges");
  }

  @Test
  void refusesValuesOfAnotherKind() {
    refuses(Map.of("context", 1), "context", "a text", "1");
    refuses(Map.of("kubeconfig", List.of()), "kubeconfig", "a text");
    refuses(Map.of("namespace", "Team_Blue"), "namespace", "'Team_Blue'", "lower-case");
    refuses(Map.of("namespace", ""), "namespace");
    refuses(Map.of("expose", true), "expose", "public or forward", "true");
    refuses(Map.of("image", 7), "image", "a text");
    refuses(Map.of("serviceAnnotations", "a=b"), "serviceAnnotations", "a map");
    refuses(Map.of("serviceAnnotations", Map.of("a", List.of())), "a map of texts");
    refuses(Map.of("serviceAnnotations", Map.of("a b", "c")), "service annotation", "'a b'");
    refuses(Map.of("registry", "localhost:5000/UPPER/x"), "registry", "'UPPER'", "lower-case");
    refuses(Map.of("baseImage", "java:1 7"), "base image", "'1 7'", "tag");
    refuses(Map.of("imageAdditions", Map.of("ports", 0)), "port 0");
    refuses(Map.of("sourceRanges", "everybody"), "source range", "'everybody'", "10.0.0.0/8");
    refuses(Map.of("sourceRanges", List.of(10)), "sourceRanges", "a text");
  }

  @Test
  void ignoresOnlyWhatMeansNothingInAPod() {
    KubeProvider provider = new KubeProvider();
    assertEquals(
        List.of(Attribute.INHERIT_ENV),
        Arrays.stream(Attribute.values())
            .filter(attribute -> provider.support(attribute) != Support.HONOURED)
            .toList());
    assertEquals(Support.IGNORED, provider.support(Attribute.INHERIT_ENV));
  }
}
