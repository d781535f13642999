package dev.symphony.engine;

import java.util.concurrent.CountDownLatch;

/** A service that is reached without any help. */
final class DirectForward implements Forward {
  private final ServiceAddress address;
  private final CountDownLatch closed = new CountDownLatch(1);

  DirectForward(ServiceAddress address) {
    this.address = address;
  }

  @Override
  public ServiceAddress address() {
    return address;
  }

  @Override
  public void await() throws InterruptedException {
    closed.await();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
