package dev.symphony.image;

import dev.symphony.engine.Progress;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it is told. */
class Told implements Progress {
  /** What everybody is told. */
  final List<String> lines = new ArrayList<>();

  /** What is told of layers that are done with. */
  final List<String> layers = new ArrayList<>();

  /** What is told of layers on their way. */
  final List<String> passing = new ArrayList<>();

  @Override
  public void tell(String line) {
    lines.add(line);
  }

  @Override
  public void step(String line, boolean done) {
    (done ? layers : passing).add(line);
  }

  void clear() {
    lines.clear();
    layers.clear();
    passing.clear();
  }
}
