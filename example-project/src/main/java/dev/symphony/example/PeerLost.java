package dev.symphony.example;

/** The failure of a worker whose peer went away: a consequence, the cause of which ended before. */
final class PeerLost extends WorkerFailure {
  private static final long serialVersionUID = 1L;

  PeerLost(String peer) {
    super(peer + " went away before the work was done");
  }
}
