package dev.symphony.kube.internal.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lets a command end only once nothing of its input is under way any more: a server that still has
 * input to hand on to a command that has ended loses its result, more often than not.
 *
 * <p>A shell says on its errors that it is there, which begins the input, runs the command, says
 * that it has ended, and reads on until the input is ended too.
 */
final class Ending {
  /**
   * The shell outlives what its whole session is sent, so that it hears of the command's end; the
   * command gets the signals as if there were no shell.
   */
  private static final String TRAP = "trap : HUP INT QUIT; ";

  private final String word;
  private final byte[] mark;

  /** Says what is to be said with a mark. */
  Ending(Mark mark) {
    this.word = mark.text();
    this.mark = ("\u0001" + word + "\u0001").getBytes(StandardCharsets.US_ASCII);
  }

  /** The command within that shell. */
  List<String> command(List<String> command) {
    return shell("; c=$?; " + say() + "cat >/dev/null; exit $c", command);
  }

  /** The same for a terminal, whose input has no end. */
  List<String> onTerminal(List<String> command) {
    return shell("; exit $?", command);
  }

  private List<String> shell(String then, List<String> command) {
    List<String> argv = new ArrayList<>(List.of("sh", "-c", TRAP + say() + "\"$@\"" + then, "sh"));
    argv.addAll(command);
    return argv;
  }

  private String say() {
    return "printf '\\001%s\\001' " + word + " >&2; ";
  }

  /** Errors without the marks, of which the first begins the input and the second ends it. */
  OutputStream watch(OutputStream err, Exec exec, InputStream in) {
    return new Watch(err, exec, in);
  }

  private final class Watch extends OutputStream {
    private final OutputStream err;
    private final Exec exec;
    private final InputStream in;
    private boolean begun;
    private byte[] held = new byte[0];

    Watch(OutputStream err, Exec exec, InputStream in) {
      this.err = err;
      this.exec = exec;
      this.in = in;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      byte[] all = Arrays.copyOf(held, held.length + length);
      System.arraycopy(bytes, offset, all, held.length, length);
      int written = 0;
      for (int at = 0; at < all.length; at++) {
        if (all[at] != mark[0]) {
          continue;
        }
        int match = match(all, at);
        if (match == mark.length) {
          err.write(all, written, at - written);
          marked();
          written = at + mark.length;
          at = written - 1;
        } else if (at + match == all.length) {
          err.write(all, written, at - written);
          held = Arrays.copyOfRange(all, at, all.length);
          return;
        }
      }
      err.write(all, written, all.length - written);
      held = new byte[0];
    }

    private void marked() throws IOException {
      if (begun) {
        exec.endInput();
      } else {
        begun = true;
        exec.feed(in);
      }
    }

    /** How many bytes from here are those of the mark. */
    private int match(byte[] bytes, int from) {
      int count = 0;
      while (count < mark.length
          && from + count < bytes.length
          && bytes[from + count] == mark[count]) {
        count++;
      }
      return count;
    }

    @Override
    public void flush() throws IOException {
      err.flush();
    }
  }
}
