package dev.symphony.engine.promises;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files that tell which machine this is, copied, to be changed.
 *
 * @param root where they are
 */
public record Machine(Path root) {
  private static final Path BOOT = Path.of("proc/sys/kernel/random/boot_id");
  private static final Path HOST = Path.of("proc/sys/kernel/hostname");
  private static final Path MACHINE = Path.of("etc/machine-id");
  private static final Path NAMESPACE = Path.of("proc/self/ns/pid");

  /** A machine just like this one. */
  public static Machine copy(Path root) throws IOException {
    for (Path file : new Path[] {BOOT, HOST, MACHINE}) {
      Path source = Path.of("/").resolve(file);
      if (Files.exists(source)) {
        write(root.resolve(file), Files.readString(source));
      }
    }
    Path link = root.resolve(NAMESPACE);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Files.readSymbolicLink(Path.of("/").resolve(NAMESPACE)));
    return new Machine(root);
  }

  /** The same after another boot. */
  public Machine boot(String id) throws IOException {
    write(root.resolve(BOOT), id + "\n");
    return this;
  }

  /** Another one. */
  public Machine hostName(String name) throws IOException {
    write(root.resolve(HOST), name + "\n");
    return this;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
