package dev.symphony.kube.internal.remote;

import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.KubeApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A shell script in a container that is sent bytes and answers in lines. The line {@code fail} says
 * that it wants no more of them; it then reads on to the end of its input.
 */
final class Dialogue implements AutoCloseable {
  private static final String FAIL = "fail";

  /** Stands in the queue for the end; no line of a script holds a NUL. */
  private static final String END = "\0";

  private final Exec exec;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final Thread reader;
  private volatile boolean failed;
  private volatile boolean over;
  private volatile @Nullable SymphonyException problem;
  private volatile int code;

  Dialogue(KubeApi api, Target target, String script, String... arguments) {
    exec = new Exec(api, target, command(script, arguments), Exec.Streams.IN_OUT);
    reader = new Thread(this::read, "symphony-copy");
    reader.setDaemon(true);
    reader.start();
  }

  /** A script with its arguments as a command. */
  static List<String> command(String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(List.of(arguments));
    return command;
  }

  private void read() {
    try {
      code = exec.await(new Lines(), errors);
    } catch (SymphonyException e) {
      problem = e;
    } catch (IOException e) {
      problem = new SymphonyException(String.valueOf(e.getMessage()), e);
    }
    over = true;
    lines.add(END);
  }

  /**
   * Sends bytes.
   *
   * @throws IOException where the script wants no more
   */
  void send(byte[] bytes, int count) throws IOException {
    if (failed || over) {
      throw new IOException("the other side gave up");
    }
    exec.send(bytes, count);
  }

  /** The next line; null after the last. */
  @Nullable String line() {
    try {
      String line = lines.take();
      return line.equals(END) ? null : line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted while copying", e);
    }
  }

  /**
   * Ends the input and waits for the script.
   *
   * @return what went wrong in its own words; null for nothing
   */
  @Nullable String end() {
    try {
      exec.endInput();
    } catch (IOException e) {
      // It has ended by itself.
    }
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted while copying", e);
    }
    SymphonyException broken = problem;
    if (broken != null) {
      throw broken;
    }
    String said = errors.toString(StandardCharsets.UTF_8).strip();
    int first = said.indexOf('\n');
    int last = said.lastIndexOf('\n');
    String words =
        first < 0 ? said : said.substring(0, first).strip() + "; " + said.substring(last + 1);
    return code == 0 ? null : words.isEmpty() ? "exit code " + code : words;
  }

  @Override
  public void close() {
    exec.close();
  }

  private final class Lines extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      if (b != '\n') {
        line.write(b);
        return;
      }
      String text = line.toString(StandardCharsets.UTF_8);
      line.reset();
      failed |= text.equals(FAIL);
      lines.add(text);
    }
  }
}
