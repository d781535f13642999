package dev.symphony.engine;

/** A way to a service from this machine, for as long as it is open. */
public interface Forward extends AutoCloseable {
  /** Where it begins: an address of the loopback, or the service's own where that is reached. */
  ServiceAddress address();

  /**
   * Waits until it is closed, or for ever.
   *
   * @throws SymphonyException where it cannot be kept up any longer
   */
  void await() throws InterruptedException;

  /** Ends it and all its connections. */
  @Override
  void close();
}
