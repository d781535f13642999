package dev.symphony.kube.internal.remote;

import dev.symphony.engine.Forward;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import java.util.function.Consumer;

/** A port of the loopback that leads to a port of a process, over restarts of its pod. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class PodForward {
  private PodForward() {}

  /**
   * Listens on 127.0.0.1.
   *
   * @param service where it leads
   * @param localPort 0 for any free one
   * @param notes told of connections that fail, a line each
   */
  public static Forward open(
      KubeApi api,
      Observer observer,
      Place place,
      ServiceAddress service,
      int localPort,
      Consumer<String> notes) {
    throw new UnsupportedOperationException(
        api.description() + observer + place + service + localPort + notes);
  }
}
