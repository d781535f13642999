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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerSettingsTest {
  private static final String BUILDS = "[ \"$iid\" ] && echo sha256:abc > $iid; echo done";

  @TempDir Path directory;
  private Path home;
  private Path work;
  private ClusterContext surroundings;
  private final List<String> shown = new ArrayList<>();

  @BeforeEach
  void makePlaces() throws IOException {
    home = Files.createDirectories(directory.resolve("home"));
    work = Files.createDirectories(directory.resolve("work"));
    surroundings =
        ClusterContext.of(
            Map.of(
                "HOME", home.toString(),
                "PATH", directory + ":/usr/bin:/bin",
                "CALLS", directory.resolve("calls").toString()),
            work);
  }

  @Test
  void readsTheSettingsOfAFile() throws IOException {
    FakeProgram podman = FakeProgram.make(directory, "podman", BUILDS);
    write(home.resolve("surreal/Dockerfile"), "FROM scratch");
    write(home.resolve("surreal/code/a"), "1");
    write(directory.resolve("project/key"), "1");
    Path file =
        write(
            directory.resolve("project/docker.yml"),
            """
            temp_directory: ~/symph_temp/cpu
            verbose: true # (prints docker cmdline output)
            dockerfile: ~/surreal/Dockerfile
            program: podman
            build_options: [--isolation, chroot]
            push_options: [--quiet]
            context_directories:
              - name: surreal
                path: ~/surreal/code
                force_update: true
              - name: mjkey.txt
                path: key
                force_update: false
            """);
    DockerBuilder builder = DockerBuilder.load(file, surroundings).output(shown::add);

    assertEquals("sha256:abc", builder.build());
    assertEquals("me/app:1", builder.push("me/app", "1"));

    Path folder = home.resolve("symph_temp/cpu/symphony-docker-build");
    assertTrue(Files.exists(folder.resolve("context/surreal/a")));
    assertTrue(Files.exists(folder.resolve("context/mjkey.txt")));
    assertEquals(
        List.of(
            "build --isolation chroot --iidfile "
                + folder.resolve("image-id")
                + " --file "
                + home.resolve("surreal/Dockerfile")
                + " "
                + folder.resolve("context"),
            "tag sha256:abc me/app:1",
            "push --quiet me/app:1"),
        podman.calls());
    assertEquals(
        List.of(
            "surreal: 1 copied, 0 unchanged, 0 removed",
            "mjkey.txt: 1 copied, 0 unchanged, 0 removed",
            "done",
            "done",
            "done"),
        shown);
  }

  @Test
  void readsTheSettingsOfAMap() throws IOException {
    FakeProgram docker = FakeProgram.make(directory, "docker", BUILDS);
    write(work.resolve("Dockerfile"), "FROM scratch");
    write(work.resolve("code/a"), "1");
    Map<String, Object> settings =
        Map.of(
            "dockerfile",
            "Dockerfile",
            "verbose",
            false,
            "temp_directory",
            Path.of("temp"),
            "context_directories",
            List.of(Map.of("name", "code", "path", "code")));

    DockerBuilder.of(settings, surroundings).output(shown::add).build();

    assertTrue(Files.exists(work.resolve("temp/symphony-docker-build/context/code/a")));
    assertEquals(1, docker.calls().size());
    assertEquals(List.of(), shown);
  }

  @Test
  void eachDockerfileHasATemporaryDirectoryOfItsOwn() throws IOException {
    FakeProgram.make(directory, "docker", BUILDS);
    for (String name : List.of("A", "B")) {
      write(work.resolve(name), "FROM scratch");
      write(work.resolve("code/" + name), "1");
      DockerBuilder builder = DockerBuilder.of(name, surroundings).verbose(false);
      builder.context(name, "code/" + name).build();
      builder.build();
    }
    try (var folders = Files.list(home.resolve(".cache/symphony/docker"))) {
      assertEquals(2, folders.count());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[]|the settings must be a map with dockerfile, context_directories, temp_directory,"
            + " verbose, program, build_options, push_options",
        "verbose: true|'dockerfile' is missing",
        "dockerfile: 7|'dockerfile' must be text, but is 7",
        "dockerfile: ''|dockerfile is empty",
        "{dockerfile: D, tmp: x}|the settings: 'tmp' is not known; known are dockerfile,"
            + " context_directories, temp_directory, verbose, program, build_options, push_options",
        "{dockerfile: D, verbose: maybe}|'verbose' must be true or false, but is maybe",
        "{dockerfile: D, program: kaniko}|program 'kaniko' is not known; known are docker, podman,"
            + " buildah, nerdctl",
        "{dockerfile: D, build_options: -q}|'build_options' must be a list, but is -q",
        "{dockerfile: D, build_options: [2]}|'build_options' must hold texts, but has 2",
        "{dockerfile: D, context_directories: [x]}|context_directories[0] must be a map with name,"
            + " path, force_update",
        "{dockerfile: D, context_directories: [{name: a}]}|context_directories[0]: 'path' is missing",
        "{dockerfile: D, context_directories: [{name: a, path: b, force: no}]}|context_directories[0]:"
            + " 'force' is not known; known are name, path, force_update",
        "{dockerfile: D, context_directories: [{name: a, path: b}, {name: ../a, path: b}]}|"
            + "context_directories[1]: context name '../a' contains '..'; use one such as 'data' or"
            + " 'libs/data'",
      })
  void saysInOneLineWhatIsWrong(String text, String problem) throws IOException {
    Path file = write(work.resolve("docker.yml"), text);
    UsageException thrown =
        assertThrows(UsageException.class, () -> DockerBuilder.load(file, surroundings));
    assertEquals(file + ": " + problem, thrown.getMessage());
  }

  @Test
  void saysWhichLineOfAFileIsNoYaml() throws IOException {
    Path file = write(work.resolve("docker.yml"), "dockerfile: D\nverbose: [");
    SymphonyException thrown =
        assertThrows(SymphonyException.class, () -> DockerBuilder.load(file, surroundings));
    assertTrue(thrown.getMessage().startsWith(file + " line 2"), thrown.getMessage());
    assertThrows(
        NotFoundException.class, () -> DockerBuilder.load(Path.of("none.yml"), surroundings));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", "./", "/", "/etc", "..", "../x", "a/../../x", "a/../b"})
  void refusesNamesThatLeaveTheContext(String name) {
    DockerBuilder builder = DockerBuilder.of("Dockerfile", surroundings);
    assertThrows(UsageException.class, () -> builder.context(name, "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"libs/a", "./libs/a", "libs/a/", "libs", "libs/a/b"})
  void refusesANameThatIsTaken(String name) {
    DockerBuilder builder = DockerBuilder.of("Dockerfile", surroundings).context("libs/a", "x");
    assertThrows(UsageException.class, () -> builder.context(name, "y"));
    builder.context("libs/ab", "z");
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
