package dev.symphony.commandline;

/** Whether the program would go on if this thread ended. */
final class ThreadsLeft {
  private ThreadsLeft() {}

  static boolean any() {
    Thread own = Thread.currentThread();
    ThreadGroup all = own.getThreadGroup();
    while (all.getParent() != null) {
      all = all.getParent();
    }
    Thread[] threads = new Thread[all.activeCount() + 16];
    int count = all.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (threads[i] != own && !threads[i].isDaemon()) {
        return true;
      }
    }
    return count == threads.length; // there may be more
  }
}
