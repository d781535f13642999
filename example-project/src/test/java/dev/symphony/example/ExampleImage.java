package dev.symphony.example;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image of this project's built jar on the nodes of the test cluster, made once in a run.
 *
 * <p>{@code SYMPHONY_TEST_CLUSTER} is the script that runs the cluster and makes images; for
 * another cluster, {@code SYMPHONY_TEST_EXAMPLE_IMAGE} names an image that has the jar in {@code
 * /app/libs} and {@code java} on its path.
 */
public final class ExampleImage {
  private static @Nullable String made;

  private ExampleImage() {}

  /** Its name. */
  public static synchronized String name() throws Exception {
    String image = made;
    if (image == null) {
      String given = System.getenv("SYMPHONY_TEST_EXAMPLE_IMAGE");
      image = given == null || given.isEmpty() ? make() : given;
      made = image;
    }
    return image;
  }

  private static String make() throws Exception {
    String cluster = System.getenv("SYMPHONY_TEST_CLUSTER");
    if (cluster == null || cluster.isEmpty()) {
      String reason = "no image: set SYMPHONY_TEST_CLUSTER or SYMPHONY_TEST_EXAMPLE_IMAGE";
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(reason);
      }
      abort(reason);
    }
    byte[] jar = Files.readAllBytes(Path.of(System.getProperty("symphony.jar")));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(jar);
    String name = "localhost/symphony-example:" + HexFormat.of().formatHex(hash, 0, 6);
    Path root = Files.createTempDirectory("example-image");
    Path file = root.resolve("app/libs/myproject.jar");
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, jar);
      run(List.of(String.valueOf(cluster), "image", "--on", "java", name, root.toString()));
    } finally {
      Files.deleteIfExists(file);
      for (Path folder = file.getParent(); !folder.equals(root.getParent()); ) {
        Files.delete(folder);
        folder = folder.getParent();
      }
    }
    return name;
  }

  private static void run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed: " + printed);
    }
  }
}
