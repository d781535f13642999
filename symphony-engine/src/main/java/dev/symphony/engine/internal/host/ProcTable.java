package dev.symphony.engine.internal.host;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The processes as Linux shows them in {@code /proc}. */
final class ProcTable extends ProcessTable {
  /** Where the name of a process ends at the latest: those of the kernel's own have 63 bytes. */
  private static final int LONGEST_NAME = 96;

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
   */
  static @Nullable ProcessStat parse(int pid, byte[] line, int length) {
    int at = Math.min(length, LONGEST_NAME) - 1;
    while (at >= 0 && line[at] != ')') {
      at--;
    }
    if (at < 0 || at + 2 >= length) {
      return null;
    }
    char state = (char) line[at + 2];
    int ppid = 0;
    int session = 0;
    int tty = 0;
    long threads = 0;
    long start = -1;
    long value = 0;
    boolean negative = false;
    // Field 3 is the state; 4 parent, 6 session, 7 terminal, 20 threads, 22 start time.
    int field = 4;
    for (int i = at + 4; i < length && field < 22; i++) {
      byte c = line[i];
      if (c >= '0' && c <= '9') {
        value = 10 * value + (c - '0');
        continue;
      }
      if (c == '-') {
        negative = true;
        continue;
      }
      value = negative ? -value : value;
      switch (field) {
        case 4 -> ppid = (int) value;
        case 6 -> session = (int) value;
        case 7 -> tty = (int) value;
        case 20 -> threads = value;
        default -> {}
      }
      field++;
      value = 0;
      negative = false;
      if (field == 22) {
        start = 0;
        for (int j = i + 1; j < length && line[j] >= '0' && line[j] <= '9'; j++) {
          start = 10 * start + (line[j] - '0');
        }
      }
    }
    if (start < 0) {
      return null;
    }
    // A program whose first thread has left while others work on looks like a zombie, too.
    boolean ended = state == 'X' || state == 'x' || (state == 'Z' && threads <= 1);
    return new ProcessStat(pid, ppid, session, tty, start, state, ended);
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
