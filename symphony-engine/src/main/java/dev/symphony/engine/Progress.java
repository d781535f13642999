package dev.symphony.engine;

/** Is told what a long step does: {@code cluster.setProgress(System.err::println)}. */
@FunctionalInterface
public interface Progress {
  /** Takes a line that the user should see, wherever it is read. */
  void tell(String line);

  /**
   * Takes how far a part has come, for a person who watches; by default nobody does.
   *
   * @param line such as {@code layer classes: 1.2 of 6.1 MB}, without an end
   * @param done whether it is the last of this part; else the next call has a newer one for its
   *     place
   */
  default void step(String line, boolean done) {}
}
