package dev.symphony.commandline.internal.view;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Standard output or standard error: lines in UTF-8, and bytes as they are.
 *
 * <p>{@link #print} and {@link #println} are seen when a line ends; {@link #write} keeps bytes
 * until {@link #flush}. Safe to use from several threads, a call at a time.
 *
 * <p>What cannot be written to standard output throws: {@link BrokenPipeException} where the reader
 * has gone, {@link OutputException} with the reason otherwise; after that all is dropped. What
 * cannot be written to standard error is lost, since there is nowhere left to say so.
 */
public final class Output extends OutputStream {
  private static final int SIZE = 16 * 1024;

  private final OutputStream target;
  private final boolean terminal;
  private final boolean color;
  private final boolean mayFail;
  private final @Nullable Output before;
  private final byte[] buffer = new byte[SIZE];
  private int used;
  private int shown;
  private boolean failed;

  /**
   * Creates one.
   *
   * @param mayFail whether a failure throws
   * @param before what is to be seen before anything written here; null for nothing
   */
  Output(
      OutputStream target,
      boolean terminal,
      boolean color,
      boolean mayFail,
      @Nullable Output before) {
    this.target = target;
    this.terminal = terminal;
    this.color = color;
    this.mayFail = mayFail;
    this.before = before;
  }

  /** Whether a person sees it: it is a terminal, not a file or a pipe. */
  public boolean isTerminal() {
    return terminal;
  }

  /** Whether colours are wanted: on a terminal, never with NO_COLOR or TERM=dumb. */
  public boolean hasColor() {
    return color;
  }

  /** The text in this colour, or as it is where no colours are wanted. */
  public String paint(Paint paint, String text) {
    return color ? paint.on(text) : text;
  }

  /** Prints text. */
  public void print(String text) {
    if (text.isEmpty()) {
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(bytes, 0, bytes.length);
    if (bytes[bytes.length - 1] == '\n') {
      flush();
    }
  }

  /** Prints a line. */
  public void println(String line) {
    print(line + "\n");
  }

  /** Shows text of one line, in whose place the next thing comes that is printed here. */
  public synchronized void show(String line) {
    print(line);
    flush();
    shown = line.length();
  }

  private void takeBack() {
    if (shown > 0) {
      String blank = "\r" + " ".repeat(shown) + "\r";
      shown = 0;
      print(blank);
    }
  }

  /** Ends a line. */
  public void println() {
    print("\n");
  }

  @Override
  public synchronized void write(int value) {
    takeBack();
    if (used == SIZE) {
      drain();
    }
    buffer[used++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    takeBack();
    if (length > SIZE - used) {
      drain();
    }
    if (length >= SIZE) {
      send(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, buffer, used, length);
      used += length;
    }
  }

  /** Makes what was written be seen. */
  @Override
  public synchronized void flush() {
    drain();
    if (failed) {
      return;
    }
    try {
      target.flush();
    } catch (IOException e) {
      failed(e);
    }
    checkPrintStream();
  }

  /** Flushes; the stream below belongs to the whole program and stays open. */
  @Override
  public void close() {
    flush();
  }

  private void drain() {
    if (used > 0) {
      int length = used;
      used = 0;
      send(buffer, 0, length);
    }
  }

  private void send(byte[] bytes, int offset, int length) {
    if (failed) {
      return;
    }
    if (before != null) {
      before.flush();
    }
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      failed(e);
    }
    if (length >= SIZE) {
      checkPrintStream();
    }
  }

  /** A PrintStream, as System.out is, tells of failures only when asked. */
  private void checkPrintStream() {
    if (mayFail && target instanceof PrintStream stream && stream.checkError()) {
      failed(target == System.out ? reasonOfSystemOut() : null);
    }
  }

  private void failed(@Nullable IOException reason) {
    failed = true;
    if (!mayFail) {
      return;
    }
    String text = reason == null ? null : reason.getMessage();
    if (terminal
        || (target == System.out && Terminal.isPipe(1))
        || (text != null && text.indexOf("roken pipe") >= 0)) {
      throw new BrokenPipeException();
    }
    throw new OutputException(
        "cannot write to standard output" + (text == null ? "" : ": " + text), reason);
  }

  /** Writes once more, past System.out, to learn what it kept to itself. */
  private static @Nullable IOException reasonOfSystemOut() {
    @SuppressWarnings("resource") // closing it would close standard output
    FileOutputStream direct = new FileOutputStream(FileDescriptor.out);
    try {
      direct.write('\n');
      return null;
    } catch (IOException e) {
      return e;
    }
  }
}
