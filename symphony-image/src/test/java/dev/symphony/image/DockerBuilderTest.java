package dev.symphony.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import dev.symphony.spi.ClusterContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What it asks of the program, shown by one that only notes it. */
class DockerBuilderTest {
  private static final String BUILDS = "[ \"$iid\" ] && echo sha256:abc > $iid; true";

  @TempDir Path directory;
  private Path programs;
  private DockerBuilder builder;
  private final List<String> shown = new ArrayList<>();

  @BeforeEach
  void declare() throws IOException {
    programs = Files.createDirectories(directory.resolve("programs"));
    Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\n");
    ClusterContext surroundings =
        ClusterContext.of(
            Map.of(
                "HOME", directory.toString(),
                "PATH", programs.toString(),
                "CALLS", programs.resolve("calls").toString()),
            directory);
    builder = DockerBuilder.of("Dockerfile", surroundings).tempDirectory("t").output(shown::add);
  }

  @ParameterizedTest
  @CsvSource({"docker, build", "podman, build", "buildah, bud --layers", "nerdctl, build"})
  void callsTheProgramThatIsThere(String name, String build) throws IOException {
    FakeProgram program = FakeProgram.make(programs, name, BUILDS);
    builder.buildOptions("--build-arg", "A=1").pushOptions("-q");

    assertEquals("sha256:abc", builder.build());
    assertEquals("me/a:1", builder.tag("me/a", "1"));
    assertEquals("me/a:1", builder.push("me/a", "1"));

    Path folder = directory.resolve("t/symphony-docker-build");
    assertEquals(
        List.of(
            build
                + " --build-arg A=1 --iidfile "
                + folder.resolve("image-id")
                + " --file "
                + directory.resolve("Dockerfile")
                + " "
                + folder.resolve("context"),
            "tag sha256:abc me/a:1",
            "push -q me/a:1"),
        program.calls());
  }

  @Test
  void takesTheProgramThatIsSetAndElseTheFirst() throws IOException {
    FakeProgram.make(programs, "nerdctl", "echo nerdctl; " + BUILDS);
    FakeProgram.make(programs, "podman", "echo podman; " + BUILDS);
    builder.build();
    builder.program("nerdctl").build();
    assertEquals(List.of("podman", "nerdctl"), shown);
  }

  @Test
  void saysThatThereIsNoProgram() throws IOException {
    NotFoundException none = assertThrows(NotFoundException.class, builder::build);
    assertEquals(
        "nothing to build with: install one of docker, podman, buildah, nerdctl",
        none.getMessage());
    FakeProgram.make(programs, "docker", BUILDS);
    NotFoundException other =
        assertThrows(NotFoundException.class, () -> builder.program("buildah").build());
    assertTrue(other.getMessage().startsWith("buildah is not on the PATH"));
    assertThrows(UsageException.class, () -> builder.program("kaniko"));
  }

  @Test
  void showsTheOutputAsItComes() throws IOException {
    // The program goes on when its first line was seen.
    Path seen = directory.resolve("seen");
    FakeProgram.make(
        programs,
        "docker",
        "echo one; while [ ! -e " + seen + " ]; do /bin/sleep 0.05; done; echo two >&2; " + BUILDS);
    builder.output(
        line -> {
          shown.add(line);
          if (line.equals("one")) {
            createFile(seen);
          }
        });
    builder.build();
    assertEquals(List.of("one", "two"), shown);
  }

  @Test
  void aFailedStepShowsItsLastLinesAndItsExitCode() throws IOException {
    FakeProgram.make(
        programs, "docker", "i=0; while [ $i -lt 30 ]; do i=$((i+1)); echo line $i; done; exit 7");
    SymphonyException problem =
        assertThrows(SymphonyException.class, () -> builder.verbose(false).build());
    List<String> lines = problem.getMessage().lines().toList();
    assertEquals(
        "docker build of "
            + directory.resolve("Dockerfile")
            + " failed with exit code 7; the end of what it printed:",
        lines.get(0));
    assertEquals(21, lines.size());
    assertEquals("  line 11", lines.get(1));
    assertEquals("  line 30", lines.get(20));
    assertEquals(List.of(), shown);
  }

  @Test
  void aFailedBuildLeavesNoImageToTagOrPush() throws IOException {
    FakeProgram.make(programs, "docker", BUILDS);
    builder.build();
    FakeProgram broken = FakeProgram.make(programs, "docker", "exit 1");
    SymphonyException problem = assertThrows(SymphonyException.class, builder::build);
    assertTrue(problem.getMessage().endsWith("failed with exit code 1 and printed nothing"));
    int calls = broken.calls().size();

    assertThrows(SymphonyException.class, () -> builder.tag("me/a", "1"));
    assertThrows(SymphonyException.class, () -> builder.push("me/a", "1"));
    assertEquals(calls, broken.calls().size());
  }

  @Test
  void aProgramThatNamesNoImageHasFailed() throws IOException {
    FakeProgram.make(programs, "docker", BUILDS);
    builder.build();
    FakeProgram.make(programs, "docker", "true");
    SymphonyException problem = assertThrows(SymphonyException.class, builder::build);
    assertTrue(problem.getMessage().contains("without an image"), problem.getMessage());
  }

  @Test
  void aFailedPushOrTagIsAnError() throws IOException {
    FakeProgram.make(programs, "docker", BUILDS);
    builder.build();
    FakeProgram.make(programs, "docker", "echo denied >&2; exit 1");
    for (SymphonyException problem :
        List.of(
            assertThrows(SymphonyException.class, () -> builder.tag("me/a", "1")),
            assertThrows(SymphonyException.class, () -> builder.push("me/a", "1")))) {
      assertEquals(
          "docker tag me/a:1 failed with exit code 1; the end of what it printed:\n  denied",
          problem.getMessage());
    }
  }

  @Test
  void pushesTheImageOfTheLastBuildAlone() throws IOException {
    FakeProgram docker = FakeProgram.make(programs, "docker", BUILDS);
    builder.build();
    builder.tag("me/a", "1");
    builder.build();
    builder.push("me/a", "1");
    assertEquals(List.of("tag sha256:abc me/a:1", "push me/a:1"), docker.calls().subList(3, 5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a b", "a/b", "a:b"})
  void refusesWhatIsNoTag(String tag) throws IOException {
    FakeProgram.make(programs, "docker", BUILDS);
    builder.build();
    assertThrows(UsageException.class, () -> builder.tag("me/a", tag));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--all", "a b"})
  void refusesWhatIsNoRepository(String repository) throws IOException {
    FakeProgram.make(programs, "docker", BUILDS);
    builder.build();
    assertThrows(UsageException.class, () -> builder.push(repository, "1"));
  }

  @Test
  @Timeout(30)
  void aReaderThatThrowsEndsTheBuild() throws IOException {
    FakeProgram.make(programs, "docker", "echo one; exec /bin/sleep 1000");
    builder.output(
        line -> {
          throw new IllegalStateException(line);
        });
    assertThrows(IllegalStateException.class, builder::build);
    FakeProgram.make(programs, "docker", BUILDS);
    assertEquals("sha256:abc", builder.build());
  }

  @Test
  void saysThatTheDockerfileIsMissing() throws IOException {
    FakeProgram.make(programs, "docker", BUILDS);
    Path dockerfile = directory.resolve("Dockerfile");
    Files.delete(dockerfile);
    NotFoundException problem = assertThrows(NotFoundException.class, builder::build);
    assertEquals(
        "the Dockerfile " + dockerfile + " is not a file that exists", problem.getMessage());
  }

  private static void createFile(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
