package dev.symphony.kube.internal.state;

import static dev.symphony.kube.internal.state.Fields.filled;
import static dev.symphony.kube.internal.state.Fields.first;
import static dev.symphony.kube.internal.state.Fields.next;
import static dev.symphony.kube.internal.state.Fields.text;
import static dev.symphony.kube.internal.state.Fields.word;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the containers of a pod, see {@link PodReader}. */
final class ContainerReader {
  private ContainerReader() {}

  /** Containers of the spec, or their states; the name comes before or after what it is of. */
  static void read(JsonParser json, List<Container> all, boolean states) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Container read = new Container("");
      String container = "";
      for (String name = first(json); name != null; name = next(json)) {
        if (name.equals("name")) {
          container = word(json);
        } else if (states) {
          containerStatus(json, name, read);
        } else {
          containerSpec(json, name, read);
        }
      }
      Container kept = Pod.container(all, container);
      if (states) {
        kept.takeStatus(read);
      } else {
        kept.restartPolicy = read.restartPolicy;
        kept.restartRules = read.restartRules;
      }
    }
  }

  private static void containerSpec(JsonParser json, String name, Container container) {
    switch (name) {
      case "restartPolicy" -> container.restartPolicy = text(json);
      case "restartPolicyRules" -> container.restartRules = restartRules(json);
      default -> json.skipChildren();
    }
  }

  private static List<RestartRule> restartRules(JsonParser json) {
    List<RestartRule> rules = new ArrayList<>();
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return rules;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      for (String name = first(json); name != null; name = next(json)) {
        if (name.equals("exitCodes")) {
          rules.add(restartRule(json));
        } else {
          json.skipChildren();
        }
      }
    }
    return rules;
  }

  private static RestartRule restartRule(JsonParser json) {
    boolean in = true;
    List<Integer> codes = new ArrayList<>();
    for (String name = first(json); name != null; name = next(json)) {
      if (name.equals("values") && json.currentToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          codes.add(json.getIntValue());
        }
      } else if (name.equals("operator")) {
        in = !word(json).equals("NotIn");
      } else {
        json.skipChildren();
      }
    }
    return new RestartRule(in, codes);
  }

  private static void containerStatus(JsonParser json, String name, Container container) {
    switch (name) {
      case "ready" -> container.ready = json.currentToken() == JsonToken.VALUE_TRUE;
      case "started" -> container.started = json.currentToken() == JsonToken.VALUE_TRUE;
      case "restartCount" -> container.restarts = json.getIntValue();
      case "state" -> state(json, container);
      case "lastState" -> container.last = lastState(json);
      default -> json.skipChildren();
    }
  }

  private static void state(JsonParser json, Container container) {
    for (String name = first(json); name != null; name = next(json)) {
      switch (name) {
        case "waiting" -> waiting(json, container);
        case "running" -> running(json, container);
        case "terminated" -> container.ended = terminated(json);
        default -> json.skipChildren();
      }
    }
  }

  private static void waiting(JsonParser json, Container container) {
    for (String name = first(json); name != null; name = next(json)) {
      switch (name) {
        case "reason" -> container.waitingReason = filled(json);
        case "message" -> container.waitingMessage = filled(json);
        default -> json.skipChildren();
      }
    }
  }

  private static void running(JsonParser json, Container container) {
    container.running = json.currentToken() == JsonToken.START_OBJECT;
    for (String name = first(json); name != null; name = next(json)) {
      if (name.equals("startedAt")) {
        container.startedAt = Times.read(text(json));
      } else {
        json.skipChildren();
      }
    }
  }

  private static @Nullable Ended lastState(JsonParser json) {
    Ended last = null;
    for (String name = first(json); name != null; name = next(json)) {
      if (name.equals("terminated")) {
        last = terminated(json);
      } else {
        json.skipChildren();
      }
    }
    return last;
  }

  private static @Nullable Ended terminated(JsonParser json) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return null;
    }
    int exitCode = 0;
    String reason = "";
    String message = null;
    Instant start = null;
    Instant end = null;
    boolean real = false;
    for (String name = first(json); name != null; name = next(json)) {
      switch (name) {
        case "exitCode" -> exitCode = json.getIntValue();
        case "reason" -> reason = word(json);
        case "message" -> message = filled(json);
        case "startedAt" -> start = Times.read(text(json));
        case "finishedAt" -> end = Times.read(text(json));
        case "containerID" -> real = filled(json) != null;
        default -> json.skipChildren();
      }
    }
    return new Ended(exitCode, reason, message, start, end, real || end != null);
  }
}
