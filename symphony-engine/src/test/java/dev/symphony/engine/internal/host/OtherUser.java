package dev.symphony.engine.internal.host;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Programs of these tests in a JVM of their own, as this user or as one without any rights. */
final class OtherUser {
  private static final String NOBODY = "65534";

  /** Where another user can read the classes, too. */
  private final Path classes;

  /** Copies the classes below a directory, which all users must be able to reach. */
  OtherUser(Path directory) throws IOException {
    classes = directory.resolve("classes");
    copy(Lease.class);
    copy(OtherUser.class);
  }

  /** A directory below the system's that every user may write to, as that is one. */
  static Path openDirectory() throws IOException {
    Path directory = Files.createTempDirectory("symphony-test");
    Files.setAttribute(directory, "unix:mode", 01777);
    return directory;
  }

  static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = new ArrayList<>(walk.toList());
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Files.delete(all.get(i));
    }
  }

  static void needed() {
    Needs.that("root".equals(System.getProperty("user.name")), "root, to act as another user");
    Needs.program("setpriv");
  }

  List<String> java(boolean asNobody, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    if (asNobody) {
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classes.toString(), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private void copy(Class<?> type) throws IOException {
    Path root;
    try {
      root = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    try (Stream<Path> walk = Files.walk(root.resolve("dev/symphony/engine"))) {
      for (Path path : walk.filter(Files::isRegularFile).toList()) {
        Path target = classes.resolve(root.relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
  }
}
