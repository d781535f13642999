package dev.symphony.engine.internal.log;

import java.util.Arrays;

/**
 * Turns the bytes that a program sent to its terminal into the lines that remained on it.
 *
 * <p>Escape sequences and other controls go, {@code \r\n} becomes {@code \n}, a backspace takes the
 * character before it, and of a line drawn again after a lone {@code \r} only the last drawing
 * stays. UTF-8 passes untouched. Input may be cut anywhere. Not thread-safe.
 */
public final class TerminalFilter {
  private static final byte ESC = 0x1b;

  private static final int SMALLEST = 4096;

  /** A line longer than this goes in pieces. */
  private static final int LONGEST = 1 << 20;

  /** What a wrapper sends at the end of each attempt to learn that its terminal has read all. */
  private static final byte[] BARRIER = {ESC, '[', '6', 'n'};

  private static final boolean[] PLAIN = new boolean[256];

  static {
    Arrays.fill(PLAIN, ' ', PLAIN.length, true);
    PLAIN[0x7f] = false;
    PLAIN['\t'] = true;
  }

  private enum State {
    TEXT,
    /** After ESC. */
    ESCAPE,
    /** After ESC and an intermediate byte, as in the choice of a character set. */
    ESCAPE_MORE,
    /** After ESC [. */
    CSI,
    /** In a text for the terminal: a title, a link, a picture. */
    STRING,
    /** After an ESC in such a text. */
    STRING_ESCAPE
  }

  private final boolean raw;
  private byte[] out = new byte[SMALLEST];
  private int length;

  /** Where the line begins that has no newline yet. */
  private int lineStart;

  /** Whether a part of that line was broken off before. */
  private boolean open;

  /** Whether a {@code \r} came last: the next character begins the line anew. */
  private boolean returned;

  private State state = State.TEXT;

  /** The first byte after ESC [ that is no intermediate; 0 before it came. */
  private byte parameter;

  /** How many bytes of the barrier have matched. */
  private int barrier;

  private TerminalFilter(boolean raw) {
    this.raw = raw;
  }

  /** One that passes text only. */
  public static TerminalFilter text() {
    return new TerminalFilter(false);
  }

  /** One that passes everything but the wrapper's own barrier. */
  public static TerminalFilter raw() {
    return new TerminalFilter(true);
  }

  /** Takes the next bytes from the terminal. */
  public void accept(byte[] in, int offset, int count) {
    // Never more comes out than went in, but for a held part of a barrier and one newline.
    int room = length + count + BARRIER.length + 1;
    if (room > out.length) {
      out = Arrays.copyOf(out, Math.max(room, 2 * out.length));
    }
    if (raw) {
      acceptRaw(in, offset, offset + count);
    } else {
      acceptText(in, offset, offset + count);
      if (length - lineStart > LONGEST) {
        breakOff();
      }
    }
  }

  /** Where the bytes are that {@link #ready} speaks of, from index 0. */
  public byte[] bytes() {
    return out;
  }

  /** How many bytes of whole lines, and of lines that were broken off, are there to take. */
  public int ready() {
    return lineStart;
  }

  /** Forgets what was ready. */
  public void taken() {
    System.arraycopy(out, lineStart, out, 0, length - lineStart);
    length -= lineStart;
    lineStart = 0;
  }

  /**
   * Makes ready what there is of a line without its newline; if it is drawn again later, that will
   * be another line.
   */
  public void breakOff() {
    if (length > lineStart) {
      lineStart = length;
      open = true;
    }
  }

  /** Gives back memory that a pause does not need. */
  public void shrink() {
    if (out.length > SMALLEST && length < SMALLEST) {
      out = Arrays.copyOf(out, SMALLEST);
    }
  }

  /** Makes ready all that is left, at the end of the log. */
  public void finish() {
    for (int i = 0; i < barrier; i++) {
      out[length++] = BARRIER[i];
    }
    barrier = 0;
    breakOff();
  }

  private void acceptRaw(byte[] in, int from, int end) {
    for (int i = from; i < end; i++) {
      byte b = in[i];
      if (b == BARRIER[barrier]) {
        barrier = (barrier + 1) % BARRIER.length;
        continue;
      }
      for (int j = 0; j < barrier; j++) {
        out[length++] = BARRIER[j];
      }
      barrier = b == ESC ? 1 : 0;
      if (barrier == 0) {
        out[length++] = b;
      }
    }
    lineStart = length;
  }

  private void acceptText(byte[] in, int from, int end) {
    int i = from;
    while (i < end) {
      if (state != State.TEXT) {
        if (sequence(in[i])) {
          i++;
        }
        continue;
      }
      int run = i;
      while (i < end && PLAIN[in[i] & 0xff]) {
        i++;
      }
      if (i > run) {
        if (returned) {
          drawAgain();
        }
        System.arraycopy(in, run, out, length, i - run);
        length += i - run;
      }
      if (i < end) {
        control(in[i++]);
      }
    }
  }

  private void control(byte b) {
    switch (b) {
      case '\n' -> {
        returned = false;
        newline();
      }
      case '\r' -> returned = true;
      case '\b' -> backspace();
      case ESC -> state = State.ESCAPE;
      default -> {
        // Bells, changes of the character set and padding show nothing.
      }
    }
  }

  /** Takes a byte of an escape sequence; false when it was none and is to be taken as text. */
  private boolean sequence(byte b) {
    if (b == '\n' || b == 0x18 || b == 0x1a) {
      // Cancelled, or never ended: a line feed in there is rather the end of a torn sequence.
      state = State.TEXT;
      return b != '\n';
    }
    switch (state) {
      case STRING -> state = b == 0x07 ? State.TEXT : b == ESC ? State.STRING_ESCAPE : state;
      case STRING_ESCAPE -> {
        state = b == '\\' ? State.TEXT : State.ESCAPE;
        return b == '\\';
      }
      case CSI -> {
        return controlSequence(b);
      }
      default -> {
        return escape(b);
      }
    }
    return true;
  }

  private boolean escape(byte b) {
    if (b < 0) {
      state = State.TEXT;
      return false;
    }
    if (b < ' ') {
      control(b);
      return true;
    }
    boolean first = state == State.ESCAPE;
    if (b < '0') {
      state = State.ESCAPE_MORE;
    } else if (first && b == '[') {
      parameter = 0;
      state = State.CSI;
    } else if (first && (b == ']' || b == 'P' || b == 'X' || b == '^' || b == '_')) {
      state = State.STRING;
    } else {
      state = State.TEXT;
    }
    return true;
  }

  private boolean controlSequence(byte b) {
    if (b < 0) {
      state = State.TEXT;
      return false;
    }
    if (b < ' ') {
      control(b);
    } else if (b < '@') {
      parameter = parameter == 0 ? b : parameter;
    } else {
      state = State.TEXT;
      boolean wholeLine = parameter == '2' || (returned && (parameter == 0 || parameter == '0'));
      if (b == 'K' && wholeLine) {
        length = lineStart;
      }
    }
    return true;
  }

  private void newline() {
    out[length++] = '\n';
    lineStart = length;
    open = false;
  }

  private void drawAgain() {
    returned = false;
    length = lineStart;
    if (open) {
      newline();
    }
  }

  /** Removes the last character of the line, which in UTF-8 may be several bytes. */
  private void backspace() {
    while (!returned && length > lineStart) {
      length--;
      if ((out[length] & 0xc0) != 0x80) {
        return;
      }
    }
  }
}
