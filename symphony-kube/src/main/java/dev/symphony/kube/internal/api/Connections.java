package dev.symphony.kube.internal.api;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The open connections to one server: those in use, and those that wait for their next use. */
final class Connections {
  /** Before servers and what stands between give up a connection that nobody uses. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(45);

  private final Endpoint endpoint;
  private final Limits limits;
  private final Set<Wire> open = new HashSet<>();
  private final Deque<Wire> resting = new ArrayDeque<>();
  private boolean closed;

  Connections(Endpoint endpoint, Limits limits) {
    this.endpoint = endpoint;
    this.limits = limits;
  }

  /** One that waits, the last used first; null for none. */
  synchronized @Nullable Wire resting() {
    while (!resting.isEmpty()) {
      Wire wire = resting.removeLast();
      if (wire.idle().compareTo(LONGEST_REST) < 0) {
        return wire;
      }
      end(wire);
    }
    return null;
  }

  /** A new one. */
  Wire fresh(@Nullable ClientCertificate certificate) throws IOException {
    Wire wire = endpoint.open(certificate, limits);
    synchronized (this) {
      if (closed) {
        wire.close();
        throw new IOException("this program has ended its connections");
      }
      open.add(wire);
    }
    return wire;
  }

  /** Takes one back that stands before its next answer. */
  synchronized void giveBack(Wire wire) {
    if (closed || !open.contains(wire)) {
      end(wire);
      return;
    }
    wire.rest();
    resting.addLast(wire);
  }

  /** Ends one. */
  synchronized void end(Wire wire) {
    open.remove(wire);
    wire.close();
  }

  /** Ends those that wait. */
  synchronized void endResting() {
    while (!resting.isEmpty()) {
      end(resting.removeLast());
    }
  }

  /** Ends all, those in use too, and opens no more. */
  synchronized void close() {
    closed = true;
    resting.clear();
    for (Wire wire : open) {
      wire.close();
    }
    open.clear();
  }
}
