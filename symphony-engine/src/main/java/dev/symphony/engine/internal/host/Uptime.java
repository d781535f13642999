package dev.symphony.engine.internal.host;

import java.util.function.LongSupplier;

/**
 * The clock that orders what happens on one machine: hundredths of a second since it booted.
 *
 * <p>A run script reads the same clock without starting a program ({@code read up _
 * </proc/uptime}), and it never steps. Where {@code /proc} is missing, it is derived from the boot
 * time that {@code sysctl kern.boottime} tells.
 */
public final class Uptime {
  /** {@link #now} to hand on; a class, since a cold program's first lambda takes 10 ms. */
  public static final LongSupplier CLOCK = new Clock();

  private static final String FILE = "/proc/uptime";

  private Uptime() {}

  /** The hundredths of a second since this machine booted. */
  public static long now() {
    KernelFile file = new KernelFile();
    int length = file.readOnce(FILE);
    long parsed = length <= 0 ? -1 : parse(file.bytes, length);
    return parsed >= 0 ? parsed : (System.currentTimeMillis() - BootTime.MILLIS) / 10;
  }

  /** Parses {@code 969.30 1910.03}; -1 when it is nothing like that. */
  static long parse(byte[] text, int length) {
    long value = 0;
    int fraction = -1;
    for (int i = 0; i < length; i++) {
      byte c = text[i];
      if (c >= '0' && c <= '9') {
        if (fraction >= 2) {
          continue;
        }
        value = 10 * value + (c - '0');
        fraction = fraction < 0 ? fraction : fraction + 1;
      } else if (c == '.' && fraction < 0 && i > 0) {
        fraction = 0;
      } else {
        return i == 0 ? -1 : scale(value, fraction);
      }
    }
    return length == 0 ? -1 : scale(value, fraction);
  }

  private static long scale(long value, int fraction) {
    return fraction >= 2 ? value : fraction == 1 ? 10 * value : 100 * value;
  }

  private static final class Clock implements LongSupplier {
    @Override
    public long getAsLong() {
      return now();
    }
  }

  /** When this machine booted, asked once and only where {@code /proc} does not tell. */
  private static final class BootTime {
    static final long MILLIS = read();

    private static long read() {
      String text = Answer.of("sysctl", "-n", "kern.boottime");
      // { sec = 1700000000, usec = 123456 } Tue Nov 14 22:13:20 2023
      int at = text.indexOf("sec =");
      long seconds = 0;
      for (int i = at + 5; at >= 0 && i < text.length(); i++) {
        char c = text.charAt(i);
        if (c >= '0' && c <= '9') {
          seconds = 10 * seconds + (c - '0');
        } else if (seconds > 0) {
          break;
        }
      }
      return seconds > 0
          ? 1000 * seconds
          : System.currentTimeMillis() - System.nanoTime() / 1_000_000;
    }
  }
}
