package dev.symphony.kube.internal.remote;

import dev.symphony.kube.internal.api.KubeApi;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One connection from here to a port of a pod. */
final class ForwardedConnection implements AutoCloseable {
  private static final int DATA = 0;
  private static final int ERRORS = 1;

  /** Each channel's first message repeats the port, in two bytes. */
  private static final int HEAD = 2;

  /** The other side cannot be told that this one sends no more; it may still have to answer. */
  private static final long LAST_WORDS_SECONDS = 30;

  private final KubeApi.Socket remote;
  private final Socket local;
  private final CountDownLatch ended = new CountDownLatch(1);

  ForwardedConnection(KubeApi api, String path, Socket local) {
    this.local = local;
    this.remote = api.connect(path, List.of("v4.channel.k8s.io"));
  }

  /**
   * Carries bytes both ways until one side has ended.
   *
   * @return what the server says went wrong; empty for nothing
   */
  String carry() {
    Thread outgoing = new Thread(this::send, "symphony-forward-output");
    outgoing.setDaemon(true);
    outgoing.start();
    StringBuilder errors = new StringBuilder();
    int[] heads = {HEAD, HEAD};
    try {
      OutputStream out = local.getOutputStream();
      for (byte[] message = remote.receive(); message != null; message = remote.receive()) {
        int channel = message[0];
        if (channel != DATA && channel != ERRORS) {
          continue;
        }
        int skipped = Math.min(heads[channel], message.length - 1);
        heads[channel] -= skipped;
        int start = 1 + skipped;
        if (channel == DATA) {
          out.write(message, start, message.length - start);
        } else {
          errors.append(new String(message, start, message.length - start, StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      // Either side has broken off; the server's own words are all that is worth telling.
      return errors.toString().strip();
    } finally {
      ended.countDown();
    }
    return errors.toString().strip();
  }

  private void send() {
    byte[] buffer = new byte[16 * 1024];
    try {
      for (int count = read(buffer); count >= 0; count = read(buffer)) {
        remote.send(DATA, buffer, 0, count);
      }
      ended.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      // The other thread sees the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    remote.close();
  }

  private int read(byte[] buffer) throws IOException {
    return local.getInputStream().read(buffer);
  }

  @Override
  public void close() {
    ended.countDown();
    remote.close();
    try {
      local.close();
    } catch (IOException e) {
      return; // It is closed either way.
    }
  }
}
