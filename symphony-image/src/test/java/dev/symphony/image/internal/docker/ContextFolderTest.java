package dev.symphony.image.internal.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ContextFolderTest {
  @TempDir Path directory;

  @Test
  void gathersFilesAndFoldersUnderTheirNames() throws IOException {
    Path code = folder("code");
    write(code.resolve("a/b.txt"), "b");
    Path key = write(directory.resolve("key.txt"), "k");

    gather(source("surreal", code), source("keys/mine.txt", key));

    assertEquals(List.of("keys/mine.txt", "surreal/a/b.txt"), gathered());
    assertEquals("b", Files.readString(context().resolve("surreal/a/b.txt")));
  }

  @Test
  void copiesOneFileOfTenThousandAfterOneChanged() throws IOException {
    Path code = folder("code");
    for (int i = 0; i < 10_000; i++) {
      write(code.resolve(i % 100 + "/" + i), "x");
    }
    assertEquals(
        List.of("code: 10000 copied, 0 unchanged, 0 removed"), gather(source("code", code)));

    Files.writeString(code.resolve("7/107"), "changed");
    assertEquals(
        List.of("code: 1 copied, 9999 unchanged, 0 removed"), gather(source("code", code)));
    assertEquals("changed", Files.readString(context().resolve("code/7/107")));
    assertEquals(
        List.of("code: 0 copied, 10000 unchanged, 0 removed"), gather(source("code", code)));
  }

  @Test
  void noticesTimesAndPermissions() throws IOException {
    Path code = folder("code");
    Path a = write(code.resolve("a"), "1");
    Path b = write(code.resolve("b"), "1");
    gather(source("code", code));

    Files.writeString(a, "2");
    Files.setLastModifiedTime(a, FileTime.fromMillis(1_000));
    Files.setPosixFilePermissions(b, PosixFilePermissions.fromString("rwxr-x---"));

    assertEquals(List.of("code: 2 copied, 0 unchanged, 0 removed"), gather(source("code", code)));
    assertEquals("2", Files.readString(context().resolve("code/a")));
    assertTrue(Files.isExecutable(context().resolve("code/b")));
  }

  @Test
  void removesWhatTheSourceHasNoMore() throws IOException {
    Path code = folder("code");
    write(code.resolve("gone/a"), "1");
    write(code.resolve("gone/b"), "1");
    write(code.resolve("c"), "1");
    gather(source("code", code), source("other", code));

    Trees.delete(code.resolve("gone"));
    assertEquals(List.of("code: 0 copied, 1 unchanged, 2 removed"), gather(source("code", code)));
    assertEquals(List.of("code/c"), gathered());
  }

  @Test
  void replacesAFolderByAFileAndAFileByAFolder() throws IOException {
    Path code = folder("code");
    write(code.resolve("a/x"), "1");
    write(code.resolve("b"), "1");
    gather(source("code", code));
    Trees.delete(code);
    write(code.resolve("a"), "1");
    write(code.resolve("b/x"), "1");

    gather(source("code", code));
    assertEquals(List.of("code/a", "code/b/x"), gathered());

    gather(source("code", code.resolve("a")));
    assertEquals(List.of("code"), gathered());
  }

  @Test
  void copiesLinksAsLinks() throws IOException {
    Path outside = write(directory.resolve("outside/secret"), "s").getParent();
    Path code = folder("code");
    Files.createSymbolicLink(code.resolve("out"), outside);
    Files.createSymbolicLink(code.resolve("file"), outside.resolve("secret"));
    Files.createSymbolicLink(code.resolve("up"), Path.of("../outside"));
    Files.createSymbolicLink(code.resolve("loop"), code);

    assertEquals(List.of("code: 4 copied, 0 unchanged, 0 removed"), gather(source("code", code)));
    assertEquals(outside, Files.readSymbolicLink(context().resolve("code/out")));
    assertEquals(Path.of("../outside"), Files.readSymbolicLink(context().resolve("code/up")));
    assertEquals(List.of("code: 0 copied, 4 unchanged, 0 removed"), gather(source("code", code)));
  }

  @Test
  void neverWritesOrDeletesThroughALinkInTheCopy() throws IOException {
    Path outside = write(directory.resolve("outside/kept"), "kept").getParent();
    Path code = folder("code");
    Files.createSymbolicLink(code.resolve("sub"), outside);
    Files.createSymbolicLink(code.resolve("file"), outside.resolve("kept"));
    gather(source("code", code));

    Files.delete(code.resolve("sub"));
    Files.delete(code.resolve("file"));
    write(code.resolve("sub/kept"), "other");
    write(code.resolve("file"), "other");
    gather(source("code", code));
    gather();

    assertEquals("kept", Files.readString(outside.resolve("kept")));
    assertEquals(List.of(), gathered());
  }

  @Test
  void followsTheLinkThatTheUserNamed() throws IOException {
    Path code = write(directory.resolve("code/a"), "1").getParent();
    Path link = Files.createSymbolicLink(directory.resolve("link"), code);
    gather(source("code", link));
    assertEquals(List.of("code/a"), gathered());
  }

  @Test
  void honoursTheDockerignoreOfAFolder() throws IOException {
    Path code = folder("code");
    write(code.resolve(".dockerignore"), "**/*.class\ntarget\n!target/app.jar\nempty\n");
    write(code.resolve("a/A.class"), "1");
    write(code.resolve("a/A.java"), "1");
    write(code.resolve("target/app.jar"), "1");
    write(code.resolve("target/x/y"), "1");
    write(code.resolve("empty/x"), "1");
    gather(source("code", code));
    assertEquals(List.of("code/.dockerignore", "code/a/A.java", "code/target/app.jar"), gathered());
    assertFalse(Files.exists(context().resolve("code/empty")));

    write(code.resolve(".dockerignore"), "a\n");
    gather(source("code", code));
    assertEquals(
        List.of("code/.dockerignore", "code/empty/x", "code/target/app.jar", "code/target/x/y"),
        gathered());
  }

  @Test
  void keepsTheCopyThatNeedsNoUpdate() throws IOException {
    Path code = folder("code");
    Path file = write(code.resolve("a"), "1");
    ContextSource cached = new ContextSource(Path.of("code"), code, false);
    assertEquals(List.of("code: 1 copied, 0 unchanged, 0 removed"), gather(cached));

    Files.writeString(file, "changed");
    assertEquals(List.of("code: kept the copy of an earlier build"), gather(cached));
    assertEquals("1", Files.readString(context().resolve("code/a")));

    Path other = write(directory.resolve("other/b"), "1").getParent();
    gather(new ContextSource(Path.of("code"), other, false));
    assertEquals(List.of("code/b"), gathered());
  }

  @Test
  void anUnfinishedCopyIsNotKept() throws IOException {
    Path code = folder("code");
    write(code.resolve("a"), "1");
    Path bad = write(code.resolve(".dockerignore"), "[");
    ContextSource cached = new ContextSource(Path.of("code"), code, false);
    assertThrows(SymphonyException.class, () -> gather(cached));
    Files.delete(bad);
    Files.createDirectories(context().resolve("code"));

    gather(cached);
    assertEquals(List.of("code/a"), gathered());
  }

  @Test
  void passesOverItsOwnFolder() throws IOException {
    Path code = directory;
    write(code.resolve("a"), "1");
    gather(source("code", code));
    gather(source("code", code));
    assertEquals(List.of("code/a"), gathered());
  }

  @Test
  void refusesASourceInItsOwnFolder() throws IOException {
    gather();
    SymphonyException problem =
        assertThrows(SymphonyException.class, () -> gather(source("code", context())));
    assertTrue(problem.getMessage().endsWith("is in the context folder itself"));
  }

  @Test
  @Timeout(30)
  void passesOverPipes() throws Exception {
    Path code = folder("code");
    Path pipe = code.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertEquals(List.of("code: 0 copied, 0 unchanged, 0 removed"), gather(source("code", code)));
    assertThrows(SymphonyException.class, () -> gather(source("pipe", pipe)));
  }

  @Test
  void leavesTheFolderOfAnotherProgramAsItIs() throws IOException {
    Path foreign = write(temporary().resolve("symphony-docker-build/context/a"), "theirs");
    SymphonyException problem = assertThrows(SymphonyException.class, () -> gather());
    assertTrue(problem.getMessage().contains("was not made by a DockerBuilder"));
    assertEquals("theirs", Files.readString(foreign));

    Trees.delete(temporary());
    Path elsewhere = write(directory.resolve("elsewhere/a"), "theirs").getParent();
    Files.createDirectories(temporary());
    Files.createSymbolicLink(temporary().resolve("symphony-docker-build"), elsewhere);
    assertThrows(SymphonyException.class, () -> gather());
    assertEquals(List.of(elsewhere.resolve("a")), Trees.children(elsewhere));
  }

  @Test
  void refusesASecondBuildInTheSameFolder() throws IOException {
    try (ContextFolder first = ContextFolder.open(temporary())) {
      SymphonyException problem =
          assertThrows(SymphonyException.class, () -> ContextFolder.open(temporary()));
      assertTrue(
          problem.getMessage().startsWith("another build uses " + first.context().getParent()));
    }
    ContextFolder.open(temporary()).close();
  }

  @Test
  void namesWhatDoesNotExist() {
    Path missing = directory.resolve("missing");
    NotFoundException problem =
        assertThrows(NotFoundException.class, () -> gather(source("code", missing)));
    assertEquals(
        "context code: cannot copy " + missing + ": no such file or directory",
        problem.getMessage());
  }

  private static ContextSource source(String name, Path path) {
    return new ContextSource(Path.of(name), path, true);
  }

  private List<String> gather(ContextSource... sources) {
    List<String> told = new ArrayList<>();
    try (ContextFolder folder = ContextFolder.open(temporary())) {
      folder.gather(List.of(sources), told::add);
    }
    return told;
  }

  /** All files and links of the context, in order. */
  private List<String> gathered() throws IOException {
    try (Stream<Path> all = Files.walk(context())) {
      return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .map(path -> context().relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private Path temporary() {
    return directory.resolve("temporary");
  }

  private Path context() {
    return temporary().resolve("symphony-docker-build/context");
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name));
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
