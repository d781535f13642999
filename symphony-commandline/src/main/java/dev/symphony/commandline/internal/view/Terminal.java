package dev.symphony.commandline.internal.view;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The person, file or program at the other end: standard streams and environment, passed to
 * everything that prints or asks.
 */
public final class Terminal {
  private static final int USUAL_WIDTH = 80;
  private static final int UNKNOWN = -1;

  private final InputStream in;
  private final boolean inIsTerminal;
  private final Output out;
  private final Output err;
  private final Map<String, String> environment;
  private int[] size = {UNKNOWN, UNKNOWN};

  private Terminal(
      InputStream in,
      OutputStream out,
      OutputStream err,
      Map<String, String> environment,
      boolean inIsTerminal,
      boolean outIsTerminal,
      boolean errIsTerminal) {
    boolean color = wantsColor(environment);
    this.in = in;
    this.inIsTerminal = inIsTerminal;
    this.environment = environment;
    this.out = new Output(out, outIsTerminal, outIsTerminal && color, true, null);
    this.err = new Output(err, errIsTerminal, errIsTerminal && color, false, this.out);
  }

  /** This program's own streams, as {@link System} has them now, and its environment. */
  public static Terminal system() {
    return new Terminal(
        System.in, System.out, System.err, System.getenv(), isTty(0), isTty(1), isTty(2));
  }

  /** Given streams, none of which is a terminal. */
  public static Terminal of(
      InputStream in, OutputStream out, OutputStream err, Map<String, String> environment) {
    return new Terminal(in, out, err, environment, false, false, false);
  }

  /** Given streams that are all to be taken for a terminal. */
  public static Terminal interactive(
      InputStream in, OutputStream out, OutputStream err, Map<String, String> environment) {
    return new Terminal(in, out, err, environment, true, true, true);
  }

  /** Standard output: results, and nothing else. */
  public Output out() {
    return out;
  }

  /** Standard error: warnings, questions, what is going on. */
  public Output err() {
    return err;
  }

  /** Standard input. */
  public InputStream in() {
    return in;
  }

  /** Whether somebody types. */
  public boolean inIsTerminal() {
    return inIsTerminal;
  }

  /** Whether a question would be seen and answered. */
  public boolean canAsk() {
    return inIsTerminal && (err.isTerminal() || out.isTerminal());
  }

  /** The program's environment. */
  public Map<String, String> environment() {
    return environment;
  }

  /**
   * Asks on standard error and reads a line.
   *
   * @param prompt printed as it is, with its own space at the end
   * @return the line without its end; null where the input has ended
   */
  public @Nullable String ask(String prompt) {
    err.print(prompt);
    err.flush();
    byte[] line = new byte[64];
    int length = 0;
    try {
      // Byte by byte: what follows the line belongs to whatever runs next.
      int next = in.read();
      if (next < 0) {
        err.println();
        return null;
      }
      while (next >= 0 && next != '\n') {
        if (length == line.length) {
          line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = (byte) next;
        next = in.read();
      }
    } catch (IOException e) {
      return null;
    }
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }

  /** How many columns there are: {@code COLUMNS}, else what stty says, else 80. */
  public int width() {
    int columns = number(environment.get("COLUMNS"));
    if (columns > 0) {
      return columns;
    }
    int[] now = size();
    return now[1] > 0 ? now[1] : USUAL_WIDTH;
  }

  /** How many lines there are: {@code LINES}, else what stty says, else 24. */
  public int height() {
    int lines = number(environment.get("LINES"));
    if (lines > 0) {
      return lines;
    }
    int[] now = size();
    return now[0] > 0 ? now[0] : 24;
  }

  /**
   * Lines and columns as they are now, for what is drawn again and again: what stty says, else as
   * {@link #height} and {@link #width}.
   */
  public int[] sizeNow() {
    size = new int[] {UNKNOWN, UNKNOWN};
    int[] now = size();
    return new int[] {now[0] > 0 ? now[0] : height(), now[1] > 0 ? now[1] : width()};
  }

  /** Whether it takes {@link #width} to know if a line of this length fits. */
  boolean mayNotFit(int length) {
    return length > USUAL_WIDTH || environment.containsKey("COLUMNS");
  }

  /** Makes everything printed be seen. */
  public void flush() {
    out.flush();
    err.flush();
  }

  /** Lines and columns by stty, which takes about 20 ms: asked only where a line may not fit. */
  private int[] size() {
    if (size[0] != UNKNOWN) {
      return size;
    }
    size = new int[] {0, 0};
    File tty = new File("/dev/tty");
    if (!out.isTerminal() || !tty.canRead()) {
      return size;
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(tty)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
      int space = answer.indexOf(' ');
      if (space > 0) {
        size = new int[] {number(answer.substring(0, space)), number(answer.substring(space + 1))};
      }
    } catch (IOException e) {
      return size;
    }
    return size;
  }

  private static boolean wantsColor(Map<String, String> environment) {
    String none = environment.get("NO_COLOR");
    String kind = environment.get("TERM");
    return (none == null || none.isEmpty()) && kind != null && !kind.equals("dumb");
  }

  /** The number, or 0 for what is none. */
  private static int number(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > 6) {
      return 0;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return 0;
      }
      value = 10 * value + c - '0';
    }
    return value;
  }

  /**
   * Whether a descriptor of this program is a terminal.
   *
   * <p>System.console() looks at standard input and output together, and from Java 22 to 24 is
   * never null; the kernel knows each of the three. It is asked only where there is no /proc.
   */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTty(int descriptor) {
    String link = link(descriptor);
    if (link == null) {
      return System.console() != null;
    }
    return link.startsWith("/dev/pts/")
        || link.startsWith("/dev/tty")
        || link.equals("/dev/console");
  }

  /** Whether a descriptor of this program is a pipe or a socket. */
  static boolean isPipe(int descriptor) {
    String link = link(descriptor);
    return link != null && (link.startsWith("pipe:") || link.startsWith("socket:"));
  }

  private static @Nullable String link(int descriptor) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }
}
