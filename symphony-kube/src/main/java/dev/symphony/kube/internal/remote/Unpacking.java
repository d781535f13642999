package dev.symphony.kube.internal.remote;

import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Unpacks an archive while it arrives. */
final class Unpacking implements AutoCloseable {
  private final PipedInputStream in = new PipedInputStream(256 * 1024);
  private final PipedOutputStream out;
  private final FutureTask<Map<String, Checksum>> work;

  /** Unpacks below a new folder. */
  Unpacking(Path folder) throws IOException {
    out = new PipedOutputStream(in);
    work =
        new FutureTask<>(
            () -> {
              try (in) {
                Map<String, Checksum> files = LocalFiles.unpack(new TarReader(in), folder);
                in.transferTo(OutputStream.nullOutputStream());
                return files;
              }
            });
    Thread thread = new Thread(work, "symphony-unpack");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where the archive goes. */
  OutputStream archive() {
    return out;
  }

  /**
   * Waits until all is unpacked.
   *
   * @return the checksums of the files by their names
   * @throws IOException where it cannot be unpacked: no space, or the archive breaks off
   */
  Map<String, Checksum> files() throws IOException {
    out.close();
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new SymphonyException("cannot unpack: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted while copying", e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
