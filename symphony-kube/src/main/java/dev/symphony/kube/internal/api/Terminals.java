package dev.symphony.kube.internal.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this program's own streams are terminals. */
public final class Terminals {
  private Terminals() {}

  /** Of a descriptor: 0 for input, 1 for output, 2 for errors. */
  public static boolean isTerminal(int descriptor) {
    try {
      String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return file.startsWith("/dev/pts/")
          || file.startsWith("/dev/tty")
          || file.equals("/dev/console");
    } catch (IOException e) {
      return false;
    }
  }
}
