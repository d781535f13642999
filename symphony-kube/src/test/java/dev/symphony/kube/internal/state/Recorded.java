package dev.symphony.kube.internal.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * Pods as a Kubernetes 1.36 answered them, one for each way to be; {@code lost}, {@code fresh},
 * {@code refused}, {@code accepted}, {@code meshed} and {@code skewed} were made of others by hand.
 */
final class Recorded {
  private Recorded() {}

  /** The answer to a list of them. */
  static byte[] json() {
    try (InputStream in = Recorded.class.getResourceAsStream("pods.json")) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of them. */
  static List<Pod> pods() {
    try (InputStream in = Recorded.class.getResourceAsStream("pods.json")) {
      return new PodReader().read(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of them. */
  static Pod pod(String name) {
    for (Pod pod : pods()) {
      if (pod.name.equals(name)) {
        return pod;
      }
    }
    throw new IllegalArgumentException(name);
  }
}
