package dev.symphony.engine.internal.host;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The processes as Linux shows them in {@code /proc}. */
final class ProcTable extends ProcessTable {
  /** Room for the name of a program, of 15 bytes at most, in its parentheses. */
  private static final int LONG_NAME = 17;

  /** The same for names that the kernel gives its own threads, of 63 bytes at most. */
  private static final int LONGEST_NAME = 65;

  private final KernelFile file = new KernelFile();

  @Override
  public synchronized @Nullable ProcessStat stat(int pid) {
    // One read: the kernel hands out the whole line, which is far shorter than the buffer.
    int length = file.readOnce("/proc/" + pid + "/stat");
    return length <= 0 ? null : parse(pid, file.bytes, length);
  }

  @Override
  public List<ProcessStat> snapshot() {
    String[] names = new File("/proc").list();
    if (names == null) {
      return List.of();
    }
    List<ProcessStat> all = new ArrayList<>(names.length);
    for (String name : names) {
      int pid = number(name);
      ProcessStat stat = pid < 0 ? null : stat(pid);
      if (stat != null) {
        all.add(stat);
      }
    }
    return all;
  }

  @Override
  public synchronized boolean environmentContains(int pid, byte[] marker) {
    int length = file.read("/proc/" + pid + "/environ");
    int at = find(length, marker);
    while (at >= 0) {
      int end = at + marker.length;
      if (end == length || file.bytes[end] == 0) {
        return true;
      }
      at = findFrom(end, length, marker);
    }
    return false;
  }

  @Override
  public synchronized @Nullable String environmentEntry(int pid, byte[] prefix) {
    int length = file.read("/proc/" + pid + "/environ");
    int at = find(length, prefix);
    if (at < 0) {
      return null;
    }
    int end = at;
    while (end < length && file.bytes[end] != 0) {
      end++;
    }
    return new String(file.bytes, at, end - at, StandardCharsets.UTF_8);
  }

  private int find(int length, byte[] prefix) {
    return startsWith(0, length, prefix) ? 0 : findFrom(0, length, prefix);
  }

  /** Where the first entry behind the one around {@code from} that begins so is; -1 for none. */
  private int findFrom(int from, int length, byte[] prefix) {
    for (int i = from; i < length; i++) {
      if (file.bytes[i] == 0 && startsWith(i + 1, length, prefix)) {
        return i + 1;
      }
    }
    return -1;
  }

  private boolean startsWith(int at, int length, byte[] prefix) {
    if (at + prefix.length > length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (file.bytes[at + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Parses {@code PID (name) S ppid pgrp session tty …}: the name may hold anything, spaces and
   * parentheses too, so the fields begin behind the last one.
   *
   * <p>A cold program reads hundreds of these lines, so no byte is looked at that need not be.
   */
  static @Nullable ProcessStat parse(int pid, byte[] line, int length) {
    int name = 0;
    while (name < length && line[name] != '(') {
      name++;
    }
    int at = nameEnd(line, name, Math.min(length, name + LONG_NAME));
    if (at < 0) {
      at = nameEnd(line, name, Math.min(length, name + LONGEST_NAME));
    }
    if (at < 0 || at + 2 >= length) {
      return null;
    }
    char state = (char) line[at + 2];
    // Field 3 is the state; 4 parent, 6 session, 7 terminal, 20 threads, 22 start time.
    int parent = skip(line, at + 2, length, 1);
    int session = skip(line, parent, length, 2);
    int tty = skip(line, session, length, 1);
    int threads = skip(line, tty, length, 13);
    int start = skip(line, threads, length, 2);
    if (start >= length) {
      return null;
    }
    // A program whose first thread has left while others work on looks like a zombie, too.
    boolean ended =
        state == 'X' || state == 'x' || (state == 'Z' && number(line, threads, length) <= 1);
    return new ProcessStat(
        pid,
        (int) number(line, parent, length),
        (int) number(line, session, length),
        (int) number(line, tty, length),
        number(line, start, length),
        state,
        ended);
  }

  /** Where the last closing parenthesis is; below 0 where there is none. */
  private static int nameEnd(byte[] line, int from, int to) {
    int at = to - 1;
    while (at > from && line[at] != ')') {
      at--;
    }
    return at > from ? at : -1;
  }

  /** Where the field begins that is so many behind the one at {@code from}. */
  private static int skip(byte[] line, int from, int length, int fields) {
    int at = from;
    for (int left = fields; left > 0 && at < length; at++) {
      if (line[at] == ' ') {
        left--;
      }
    }
    return at;
  }

  private static long number(byte[] line, int from, int length) {
    boolean negative = line[from] == '-';
    long value = 0;
    for (int i = negative ? from + 1 : from; i < length && line[i] > ' '; i++) {
      value = 10 * value + (line[i] - '0');
    }
    return negative ? -value : value;
  }

  private static int number(String name) {
    int value = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = 10 * value + (c - '0');
    }
    return value;
  }
}
