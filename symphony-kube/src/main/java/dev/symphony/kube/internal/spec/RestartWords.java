package dev.symphony.kube.internal.spec;

import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.SymphonyException;

/** Kubernetes' words for when a container runs again. */
public final class RestartWords {
  private RestartWords() {}

  /**
   * The policy of a word.
   *
   * @throws SymphonyException for another word
   */
  public static RestartPolicy parse(String word) {
    return switch (word) {
      case "Always" -> RestartPolicy.always();
      case "OnFailure" -> RestartPolicy.onFailure();
      case "Never" -> RestartPolicy.never();
      default ->
          throw new SymphonyException(
              "restart policy '" + word + "': use one of Always, OnFailure, Never");
    };
  }
}
