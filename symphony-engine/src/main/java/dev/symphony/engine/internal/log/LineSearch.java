package dev.symphony.engine.internal.log;

import java.io.IOException;

/** Finds beginnings of lines by reading a log backwards, a block at a time. */
final class LineSearch {
  private static final int BLOCK = 64 * 1024;

  private final LogFile file;
  private final byte[] block = new byte[BLOCK];

  LineSearch(LogFile file) {
    this.file = file;
  }

  /** Where the line begins that goes over {@code offset}; {@code offset} if one begins there. */
  long lineStart(long from, long offset) throws IOException {
    return back(from, offset, 1);
  }

  /**
   * Where the last lines begin.
   *
   * @param from not before this offset
   * @param to the end of the last line, whether it has its newline or not
   * @param lines how many
   */
  long lastLines(long from, long to, int lines) throws IOException {
    if (lines == 0 || to <= from) {
      return Math.max(from, to);
    }
    boolean whole = file.readAt(to - 1, block, 1) == 1 && block[0] == '\n';
    return back(from, to, whole ? lines + 1L : lines);
  }

  /** Whether the end of the log shows nothing on a terminal, so that it is no line. */
  boolean showsNothing(long from, long to, TerminalFilter filter) throws IOException {
    long start = Math.max(from, to - BLOCK);
    int count = file.readAt(start, block, (int) (to - start));
    int line = count;
    while (line > 0 && block[line - 1] != '\n') {
      line--;
    }
    if (line == count || (line == 0 && start > from)) {
      return false;
    }
    filter.accept(block, line, count - line);
    filter.finish();
    return filter.ready() == 0;
  }

  /** The offset after the {@code newlines}-th newline before {@code to}, {@code from} if none. */
  private long back(long from, long to, long newlines) throws IOException {
    long left = newlines;
    long end = to;
    while (end > from) {
      long start = Math.max(from, end - BLOCK);
      int count = file.readAt(start, block, (int) (end - start));
      for (int i = count - 1; i >= 0; i--) {
        if (block[i] == '\n' && --left == 0) {
          return start + i + 1;
        }
      }
      end = start;
    }
    return from;
  }
}
