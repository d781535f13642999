package dev.symphony.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.promises.Needs;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds with the programs that work without a daemon, in a store of the test's own. */
class RealBuildTest {
  private static final String DOCKERFILE =
      """
      FROM scratch
      COPY tools/busybox /bin/busybox
      RUN ["/bin/busybox", "sh", "-c", "cd /bin; for i in sh mkdir touch cat; do busybox ln -s busybox $i; done"]

      # fake display to work around the GLFW problem
      RUN mkdir -p /etc/fakeX \\
      	&& touch /etc/fakeX/10.log
      COPY surreal/container/xorg.conf /etc/fakeX/
      ENV DISPLAY=:10

      COPY surreal /mylibs/surreal
      COPY tensorplex /mylibs/tensorplex
      RUN cat /mylibs/surreal/setup.py /mylibs/tensorplex/setup.py && test ! -e /mylibs/surreal/.git

      ENTRYPOINT ["python"]
      """;

  @TempDir Path directory;
  private ClusterContext surroundings;
  private final List<String> shown = new ArrayList<>();

  @BeforeEach
  void makeProject() throws IOException {
    write("storage.conf", storage());
    write("Dockerfile", DOCKERFILE);
    write("Surreal/.dockerignore", "**/.git\n");
    write("Surreal/.git/config", "");
    write("Surreal/container/xorg.conf", "Section\n");
    write("Surreal/setup.py", "surreal 1\n");
    write("Tensorplex/setup.py", "tensorplex 1\n");
    surroundings =
        ClusterContext.of(
            Map.of(
                "HOME", directory.toString(),
                "PATH", System.getenv("PATH"),
                "XDG_RUNTIME_DIR", directory.toString(),
                "CONTAINERS_STORAGE_CONF", directory.resolve("storage.conf").toString()),
            directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"buildah", "podman"})
  void buildsTagsAndPushes(String program) throws Exception {
    try (LoopbackRegistry registry = new LoopbackRegistry(directory)) {
      DockerBuilder builder = builder(program, "Dockerfile").pushOptions("--tls-verify=false");

      String first = builder.build();
      assertTrue(shown.containsAll(List.of("surreal 1", "tensorplex 1")), shown::toString);

      write("Surreal/setup.py", "surreal two\n");
      write("Tensorplex/setup.py", "tensorplex two\n");
      shown.clear();
      String second = builder.build();
      assertNotEquals(first, second);
      assertTrue(shown.contains("surreal: kept the copy of an earlier build"), shown::toString);
      assertTrue(shown.containsAll(List.of("surreal 1", "tensorplex two")), shown::toString);

      String repository = registry.name() + "/surreal-dev/symphony-test";
      assertEquals(repository + ":latest", builder.tag(repository, "latest"));
      builder.push(repository, "latest");
      String manifest = registry.manifest("surreal-dev/symphony-test:latest");
      assertTrue(manifest.contains(second.replace("sha256:", "")), manifest);
      assertTrue(registry.blobs() > 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"buildah", "podman"})
  void aStepThatFailsFailsTheBuild(String program) throws IOException {
    write(
        "Broken",
        """
        FROM scratch
        COPY tools/busybox /bin/sh
        RUN echo no such wheel; exit 3
        """);
    DockerBuilder builder = builder(program, "Broken").verbose(false);

    SymphonyException problem = assertThrows(SymphonyException.class, builder::build);

    String message = problem.getMessage();
    assertTrue(message.contains("/Broken failed with exit code "), message);
    assertFalse(message.contains("exit code 0"), message);
    assertTrue(message.contains("\n  no such wheel"), message);
    assertThrows(SymphonyException.class, () -> builder.push("localhost:1/x", "1"));
    assertEquals(List.of(), shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"buildah", "podman"})
  void aRefusedPushIsAnError(String program) throws Exception {
    write("Small", "FROM scratch\nCOPY tensorplex /\n");
    DockerBuilder builder =
        builder(program, "Small").verbose(false).pushOptions("--tls-verify=false");
    builder.build();
    try (LoopbackRegistry registry = new LoopbackRegistry(directory)) {
      registry.refuse();
      SymphonyException problem =
          assertThrows(SymphonyException.class, () -> builder.push(registry.name() + "/x", "1"));
      assertTrue(problem.getMessage().contains("me may not push"), problem.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"buildah", "podman"})
  void ofTenThousandFilesOnlyTheChangedOneIsCopiedAgain(String program) throws IOException {
    Needs.program(program);
    write("Many", "FROM scratch\nCOPY many /many\n");
    for (int i = 0; i < 10_000; i++) {
      write("many/" + i % 100 + "/" + i + ".txt", "file " + i + "\n");
    }
    DockerBuilder builder = of(program, "Many").context("many", "many");
    String first = builder.build();
    assertTrue(shown.contains("many: 10000 copied, 0 unchanged, 0 removed"), shown::toString);
    assertEquals(first, builder.build());
    assertTrue(shown.contains("many: 0 copied, 10000 unchanged, 0 removed"), shown::toString);

    write("many/42/4242.txt", "changed\n");
    shown.clear();
    String second = builder.build();
    assertTrue(shown.contains("many: 1 copied, 9999 unchanged, 0 removed"), shown::toString);
    assertNotEquals(first, second);
  }

  private DockerBuilder builder(String program, String dockerfile) {
    Needs.program(program);
    Needs.program("busybox");
    return of(program, dockerfile)
        .context("surreal", "Surreal", false)
        .context("tensorplex", "~/Tensorplex")
        .context("tools/busybox", busybox().toString(), false);
  }

  private DockerBuilder of(String program, String dockerfile) {
    return DockerBuilder.of(dockerfile, surroundings)
        .program(program)
        .tempDirectory("temp")
        .buildOptions("--isolation", "chroot")
        .output(shown::add);
  }

  private static Path busybox() {
    return Programs.find("busybox", System.getenv());
  }

  /** A driver that needs no mounts. */
  private String storage() {
    return "[storage]\ndriver=\"vfs\"\ngraphroot=\""
        + directory.resolve("store")
        + "\"\nrunroot=\""
        + directory.resolve("run")
        + "\"\n";
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
