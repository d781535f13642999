package dev.symphony.engine.internal.run;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.Work;
import dev.symphony.spi.HostPlan.KeptPath;
import dev.symphony.spi.RunningClassPath;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The launching program's own class path, as commands of {@code main(…)} processes use it.
 *
 * <p>Jars and folders are named by their content below {@code classpath} of the state directory.
 * Nothing is read unless a process asks for it, and nothing is written here.
 */
final class ClassPath {
  private final Path state;
  private final Map<Path, KeptPath> kept = new LinkedHashMap<>();
  private @Nullable List<Path> elements;

  ClassPath(Path state) {
    this.state = state;
  }

  /** What the commands made so far need kept. */
  List<KeptPath> entries() {
    return List.copyOf(kept.values());
  }

  /** The argv of a main class. */
  List<String> command(ProcessName process, Work work) {
    String type = String.valueOf(work.mainClass());
    List<Path> path = elements();
    if (!RunningClassPath.holds(path, type)) {
      throw new SymphonyException(
          "process "
              + process
              + ": class "
              + type
              + " is not on the class path of this program, so main(…) cannot run it");
    }
    StringBuilder joined = new StringBuilder();
    for (Path element : path) {
      if (joined.length() > 0) {
        joined.append(File.pathSeparatorChar);
      }
      joined.append(keep(element).kept());
    }
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.addAll(work.jvmOptions());
    argv.add("-cp");
    argv.add(joined.toString());
    argv.add(type);
    argv.addAll(work.words());
    return argv;
  }

  private List<Path> elements() {
    List<Path> known = elements;
    if (known != null) {
      return known;
    }
    known = RunningClassPath.elements();
    elements = known;
    return known;
  }

  private KeptPath keep(Path element) {
    KeptPath known = kept.get(element);
    if (known == null) {
      String name = String.valueOf(element.getFileName());
      known =
          new KeptPath(
              element.toString(),
              KeptClassPath.folder(state).resolve(digest(element, state)).resolve(name).toString());
      kept.put(element, known);
    }
    return known;
  }

  /** The content; a folder that the state lives in is taken without the state. */
  static String digest(Path element, Path state) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      if (Files.isDirectory(element)) {
        for (Path file : Trees.files(element, state)) {
          digest.update(element.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
          digest.update((byte) 0);
          update(digest, file);
        }
      } else {
        update(digest, element);
      }
      return hex(digest.digest());
    } catch (IOException e) {
      throw new SymphonyException("cannot read " + element + " of the class path", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void update(MessageDigest digest, Path file) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
  }

  private static String hex(byte[] digest) {
    StringBuilder text = new StringBuilder(32);
    for (int i = 0; i < 16; i++) {
      text.append(Character.forDigit((digest[i] >> 4) & 15, 16));
      text.append(Character.forDigit(digest[i] & 15, 16));
    }
    return text.toString();
  }
}
