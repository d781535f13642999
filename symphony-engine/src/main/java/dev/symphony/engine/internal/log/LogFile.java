package dev.symphony.engine.internal.log;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An open log file.
 *
 * <p>Not a channel: that would close when its thread is interrupted.
 */
final class LogFile implements AutoCloseable {
  private final Path path;
  private final RandomAccessFile file;
  private final @Nullable Object key;
  private final long modified;

  private LogFile(Path path, RandomAccessFile file, BasicFileAttributes attributes) {
    this.path = path;
    this.file = file;
    this.key = attributes.fileKey();
    this.modified = attributes.lastModifiedTime().toMillis();
  }

  /** Opens a log; null when there is none. */
  static @Nullable LogFile open(Path path) throws IOException {
    BasicFileAttributes attributes = attributes(path);
    if (attributes == null) {
      return null;
    }
    try {
      return new LogFile(path, new RandomAccessFile(path.toFile(), "r"), attributes);
    } catch (FileNotFoundException refused) {
      if (Files.exists(path)) {
        throw refused;
      }
      return null;
    }
  }

  /** Its size now. */
  long size() throws IOException {
    return file.length();
  }

  /** When it was last written to before it was opened, in milliseconds since 1970. */
  long modified() {
    return modified;
  }

  /** Whether another file is there under its name now. */
  boolean replaced() throws IOException {
    BasicFileAttributes now = attributes(path);
    return now != null && !Objects.equals(key, now.fileKey());
  }

  void seek(long offset) throws IOException {
    file.seek(offset);
  }

  /** Reads on; the number of bytes, -1 at the end. */
  int read(byte[] buffer, int offset, int length) throws IOException {
    return file.read(buffer, offset, length);
  }

  /** Reads bytes from {@code offset} as far as the file goes; how many it read. */
  int readAt(long offset, byte[] buffer, int length) throws IOException {
    file.seek(offset);
    int count = 0;
    while (count < length) {
      int more = file.read(buffer, count, length - count);
      if (more < 0) {
        break;
      }
      count += more;
    }
    return count;
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException readOnly) {
      // Nothing was written.
    }
  }

  private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException none) {
      return null;
    }
  }
}
