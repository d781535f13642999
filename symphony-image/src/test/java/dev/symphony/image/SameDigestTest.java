package dev.symphony.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.engine.promises.Jvm;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same class path on the same base has one digest, whichever Java makes the image. */
class SameDigestTest {
  private static final Path HOMES = Path.of("/usr/lib/jvm");

  @TempDir Path directory;

  /** This Java and all that are installed beside it, each once, from 17 on. */
  static Set<Path> javas() throws IOException {
    Set<Path> homes = new LinkedHashSet<>();
    homes.add(Path.of(System.getProperty("java.home")).toRealPath());
    if (Files.isDirectory(HOMES)) {
      try (DirectoryStream<Path> installed = Files.newDirectoryStream(HOMES)) {
        for (Path home : installed) {
          if (Files.isExecutable(home.resolve("bin/java")) && release(home) >= 17) {
            homes.add(home.toRealPath());
          }
        }
      }
    }
    return homes;
  }

  private static int release(Path home) throws IOException {
    Path file = home.resolve("release");
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("JAVA_VERSION=")) {
          return Runtime.Version.parse(line.substring(13).replace("\"", "")).feature();
        }
      }
    }
    return 0;
  }

  @ParameterizedTest
  @MethodSource("javas")
  void onEveryJavaFromTwoFolders(Path home) throws Exception {
    try (FakeRegistry registry = new FakeRegistry()) {
      registry.addBase("java", "17", "amd64");
      List<Path> here = Project.in(directory.resolve("here"));
      List<Path> there = Project.in(directory.resolve("there"));
      for (Path element : there) {
        Files.setLastModifiedTime(element, FileTime.fromMillis(1_000_000_000_000L));
      }
      // What a digest is remembered by is the content, so each push has a home of its own.
      String one = push(home, registry, here, "one");
      assertEquals(one, push(home, registry, there, "two"));
      // …and what this Java finds out is the same.
      assertEquals(one, push(Path.of(System.getProperty("java.home")), registry, here, "three"));
    }
  }

  private String push(Path java, FakeRegistry registry, List<Path> elements, String name)
      throws Exception {
    List<String> words = new ArrayList<>(List.of(registry.host() + "/me"));
    words.add(registry.host() + "/java:17");
    elements.forEach(element -> words.add(element.toString()));
    List<String> command =
        new ArrayList<>(Jvm.command(PushProgram.class, words.toArray(new String[0])));
    command.set(0, java.resolve("bin/java").toString());
    Path own = Files.createDirectories(directory.resolve(name));
    try (Jvm program = Jvm.start(command, Map.of("HOME", own.toString()), own)) {
      List<String> printed = program.lines();
      assertEquals(1, printed.size(), () -> "nothing but the name: " + printed);
      String reference = printed.get(0);
      assertEquals(registry.host() + "/me/train", reference.substring(0, reference.indexOf('@')));
      return reference;
    }
  }
}
