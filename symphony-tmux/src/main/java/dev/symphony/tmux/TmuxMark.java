package dev.symphony.tmux;

import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.Problems;
import dev.symphony.spi.RandomId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment's directory keeps of its session.
 *
 * @param text what no other launch has; the session has it too
 * @param socket that of the server, which the next program might look for elsewhere
 */
record TmuxMark(String text, TmuxSocket socket) {
  private static final String FILE = "tmux-session";

  /** The mark in an experiment's directory; null before its first launch. */
  static @Nullable TmuxMark read(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      String all = Files.readString(file);
      int newline = all.indexOf('\n');
      // Killed while it was written: then no session was made.
      return newline < 0 || !all.endsWith("\n") || newline == all.length() - 1
          ? null
          : new TmuxMark(
              all.substring(0, newline),
              new TmuxSocket(Path.of(all.substring(newline + 1, all.length() - 1))));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new SymphonyException("cannot read " + file + ": " + Problems.reason(e), e);
    }
  }

  /** Makes a mark in an experiment's directory. */
  static TmuxMark write(Path directory, TmuxSocket socket) {
    TmuxMark mark = new TmuxMark(RandomId.next(), socket);
    Path file = directory.resolve(FILE);
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, mark.text + "\n" + socket.path() + "\n");
      return mark;
    } catch (IOException e) {
      throw new SymphonyException("cannot write " + file + ": " + Problems.reason(e), e);
    }
  }
}
