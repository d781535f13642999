package dev.symphony.kube.internal.state;

import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the cluster noticed of things, in its own words. */
final class Events {
  private Events() {}

  /**
   * Those of a namespace, newest first.
   *
   * @param selector which, by fields: {@code type=Warning}
   */
  static List<Object> list(KubeApi api, Place place, String selector) {
    String namespace = KubeApi.encode(place.namespace());
    String query = "?fieldSelector=" + KubeApi.encode(selector);
    List<Object> events =
        new ArrayList<>(
            Tree.list(api.get("/api/v1/namespaces/" + namespace + "/events" + query), "items"));
    events.sort((a, b) -> when(b).compareTo(when(a)));
    return events;
  }

  /** When it was seen last; what writes events fills in one of these. */
  static String when(Object event) {
    String[][] places = {
      {"series", "lastObservedTime"},
      {"lastTimestamp"},
      {"eventTime"},
      {"metadata", "creationTimestamp"}
    };
    for (String[] where : places) {
      String time = Tree.text(event, where);
      if (time != null && time.length() >= 19) {
        return time.substring(0, 19) + "Z";
      }
    }
    return "";
  }

  /** What is said of an event or a condition: its reason and its message. */
  static String text(@Nullable Object said) {
    String reason = Tree.text(said, "reason");
    String message = Tree.text(said, "message");
    if (reason == null || message == null) {
      return reason == null ? (message == null ? "" : message) : reason;
    }
    return reason + ": " + message.strip();
  }
}
