package dev.symphony.kube.internal.log;

import dev.symphony.engine.LogStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes on what a thread of its own reads from the API server. */
final class KubeLogStream implements LogStream {
  private static final int MOST = 1 << 20;

  /** One that is not followed ends soon: waiting for it is quicker than asking again. */
  private static final long PATIENCE_MILLIS = 500;

  private final LogQueue queue;
  private final LogWorker worker;
  private final boolean follows;
  private @Nullable Thread thread;

  KubeLogStream(LogQueue queue, LogWorker worker, boolean follows) {
    this.queue = queue;
    this.worker = worker;
    this.follows = follows;
  }

  @Override
  public int poll(Sink sink) throws IOException {
    if (thread == null) {
      thread = new Thread(worker, "log of " + worker);
      thread.setDaemon(true);
      thread.start();
    }
    return queue.take(sink, follows ? 0 : PATIENCE_MILLIS, MOST);
  }

  @Override
  public List<String> notes() {
    return queue.notes();
  }

  @Override
  public void close() {
    queue.close();
    worker.close();
    if (thread != null) {
      thread.interrupt();
    }
  }
}
