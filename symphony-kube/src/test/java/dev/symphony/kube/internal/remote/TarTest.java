package dev.symphony.kube.internal.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TarTest {
  private static final String LONG = "x".repeat(150) + "/" + "y".repeat(120);

  @TempDir Path directory;

  private static TarEntry file(String name, int size) {
    return new TarEntry(name, TarEntry.FILE, 0644, 1_700_000_000, size, null);
  }

  private static byte[] archive(TarEntry... entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter tar = new TarWriter((bytes, count) -> out.write(bytes, 0, count));
    for (TarEntry entry : entries) {
      tar.begin(entry);
      byte[] content = new byte[(int) entry.size()];
      Arrays.fill(content, (byte) 'c');
      tar.content(content, content.length);
      tar.endContent();
    }
    tar.end();
    return out.toByteArray();
  }

  private Map<String, Checksum> unpack(byte[] archive) throws IOException {
    return LocalFiles.unpack(
        new TarReader(new ByteArrayInputStream(archive)), directory.resolve("out"));
  }

  private String tar(String... arguments) throws Exception {
    List<String> argv = new java.util.ArrayList<>(List.of("tar"));
    argv.addAll(List.of(arguments));
    Process tar =
        new ProcessBuilder(argv).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(tar.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, tar.waitFor(), said);
    return said;
  }

  @Test
  void knowsTheLengthBefore() throws Exception {
    TarEntry[] entries = {
      file("a", 0), file(LONG, 513), new TarEntry("l", TarEntry.LINK, 0777, 0, 0, LONG)
    };
    byte[] archive = archive(entries);
    assertEquals(archive.length, TarWriter.size(List.of(entries)));
    assertEquals(0, archive.length % 10_240);
  }

  @Test
  void otherProgramsReadWhatItWrites() throws Exception {
    TarEntry folder = new TarEntry("./" + "x".repeat(150) + "/", TarEntry.FOLDER, 0755, 0, 0, null);
    TarEntry link = new TarEntry("./link", TarEntry.LINK, 0777, 0, 0, LONG);
    Files.write(directory.resolve("own.tar"), archive(folder, file("./" + LONG, 513), link));
    tar("xf", "own.tar");
    assertEquals(513, Files.size(directory.resolve(LONG)));
    assertEquals(Path.of(LONG), Files.readSymbolicLink(directory.resolve("link")));
  }

  @Test
  void readsWhatOtherProgramsWrite() throws Exception {
    String path = "x".repeat(90) + "/" + "y".repeat(90);
    Path in = Files.createDirectories(directory.resolve("in").resolve(path));
    Files.writeString(in.resolve("ü"), "deep");
    Files.writeString(directory.resolve("in/one"), "linked");
    Files.createLink(directory.resolve("in/two"), directory.resolve("in/one"));
    for (String format : List.of("gnu", "posix", "ustar")) {
      tar("cf", "other.tar", "--format=" + format, "-C", "in", ".");
      unpack(Files.readAllBytes(directory.resolve("other.tar")));
      Path out = directory.resolve("out");
      assertEquals("deep", Files.readString(out.resolve(path).resolve("ü")), format);
      assertEquals("linked", Files.readString(out.resolve("one")), format);
      assertEquals("linked", Files.readString(out.resolve("two")), format);
      LocalFiles.remove(out);
    }
  }

  @Test
  void writesNowhereElse() throws Exception {
    for (String name : List.of("../evil", "/tmp/evil", "a/../../evil")) {
      assertThrows(IOException.class, () -> unpack(archive(file(name, 1))), name);
      LocalFiles.remove(directory.resolve("out"));
    }
    TarEntry link = new TarEntry("./l", TarEntry.LINK, 0777, 0, 0, directory.toString());
    assertThrows(IOException.class, () -> unpack(archive(link, file("./l/evil", 1))));
    assertFalse(Files.exists(directory.resolve("evil")));
  }

  @Test
  void tellsAnArchiveThatBreaksOff() throws Exception {
    byte[] whole = archive(file("./a", 3000));
    assertThrows(IOException.class, () -> unpack(Arrays.copyOf(whole, 2000)));
    LocalFiles.remove(directory.resolve("out"));
    assertThrows(IOException.class, () -> unpack(Arrays.copyOf(whole, 3584)));
    LocalFiles.remove(directory.resolve("out"));
    assertThrows(IOException.class, () -> unpack("no archive".repeat(100).getBytes(UTF_8)));
  }

  @Test
  void sumsAsCksumDoes() {
    Checksum empty = new Checksum();
    assertEquals("4294967295 0", empty.line());
    Checksum sum = new Checksum();
    sum.update("x123456789".getBytes(UTF_8), 1, 9);
    assertEquals("930766865 9", sum.line());
  }

  @Test
  void makesPathsAbsolute() {
    assertEquals("/a/c", RemoteFile.absolute("/a", "./b/../c/"));
    assertEquals("/c", RemoteFile.absolute("/a", "/../c"));
    assertEquals("/", RemoteFile.absolute("/", "."));
    assertTrue(new RemoteFile("/", RemoteFile.Kind.FOLDER, true, -1, -1, true).name().isEmpty());
  }
}
