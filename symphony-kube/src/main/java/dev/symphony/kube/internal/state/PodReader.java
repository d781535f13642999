package dev.symphony.kube.internal.state;

import dev.symphony.kube.internal.api.Json;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.plan.Names;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a PodList as it arrives and keeps a tenth of it, so that thousands of pods cost little.
 *
 * <p>Each method stands on a value's first token when called and on its last when it returns.
 */
final class PodReader implements KubeApi.Reader<List<Pod>> {
  @Override
  public List<Pod> read(InputStream body) throws IOException {
    try (JsonParser json = Json.parser(body)) {
      json.nextToken();
      return list(json);
    } catch (JacksonException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("the list of pods cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  private static List<Pod> list(JsonParser json) {
    List<Pod> pods = new ArrayList<>();
    for (String name = first(json); name != null; name = next(json)) {
      if (name.equals("items") && json.currentToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          pods.add(pod(json));
        }
      } else {
        json.skipChildren();
      }
    }
    return pods;
  }

  private static Pod pod(JsonParser json) {
    Pod pod = new Pod();
    for (String name = first(json); name != null; name = next(json)) {
      switch (name) {
        case "metadata" -> metadata(json, pod);
        case "spec" -> spec(json, pod);
        case "status" -> status(json, pod);
        default -> json.skipChildren();
      }
    }
    return pod;
  }

  private static void metadata(JsonParser json, Pod pod) {
    for (String name = first(json); name != null; name = next(json)) {
      switch (name) {
        case "name" -> pod.name = word(json);
        case "uid" -> pod.uid = word(json);
        case "creationTimestamp" -> pod.created = text(json);
        case "deletionTimestamp" -> pod.deleting = text(json) != null;
        case "labels" -> labels(json, pod);
        case "annotations" -> annotations(json, pod);
        default -> json.skipChildren();
      }
    }
  }

  private static void labels(JsonParser json, Pod pod) {
    for (String name = first(json); name != null; name = next(json)) {
      switch (name) {
        case Names.PROCESS -> pod.process = text(json);
        case Names.GROUP -> pod.group = text(json);
        case Names.ATTEMPT -> pod.attempt = number(word(json));
        default -> json.skipChildren();
      }
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private static void annotations(JsonParser json, Pod pod) {
    for (String name = first(json); name != null; name = next(json)) {
      switch (name) {
        case Names.PLACE -> pod.place = text(json);
        case Names.PROCESSES -> pod.processes = text(json);
        case Names.SUCCESS -> pod.successExitCodes = text(json);
        case Names.STOPPED_BY -> pod.stoppedBy = text(json);
        case Names.STOPPED_AT -> pod.stoppedAt = text(json);
        case Names.ENDED_BEFORE -> pod.endedBefore = text(json);
        default -> json.skipChildren();
      }
    }
  }

  private static void spec(JsonParser json, Pod pod) {
    for (String name = first(json); name != null; name = next(json)) {
      switch (name) {
        case "nodeName" -> pod.node = text(json);
        case "restartPolicy" -> pod.restartPolicy = word(json);
        case "activeDeadlineSeconds" -> pod.deadlineSeconds = json.getLongValue();
        case "containers" -> containers(json, pod.containers, false);
        case "initContainers" -> containers(json, pod.inits, false);
        default -> json.skipChildren();
      }
    }
  }

  private static void status(JsonParser json, Pod pod) {
    for (String name = first(json); name != null; name = next(json)) {
      switch (name) {
        case "phase" -> pod.phase = word(json);
        case "reason" -> pod.reason = filled(json);
        case "message" -> pod.message = filled(json);
        case "startTime" -> pod.startTime = Times.read(text(json));
        case "conditions" -> conditions(json, pod);
        case "containerStatuses" -> containers(json, pod.containers, true);
        case "initContainerStatuses" -> containers(json, pod.inits, true);
        default -> json.skipChildren();
      }
    }
  }

  private static void conditions(JsonParser json, Pod pod) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      condition(json, pod);
    }
  }

  private static void condition(JsonParser json, Pod pod) {
    String type = "";
    String status = "";
    String reason = null;
    String message = null;
    for (String name = first(json); name != null; name = next(json)) {
      switch (name) {
        case "type" -> type = word(json);
        case "status" -> status = word(json);
        case "reason" -> reason = filled(json);
        case "message" -> message = filled(json);
        default -> json.skipChildren();
      }
    }
    switch (type) {
      case "PodScheduled" -> {
        if (status.equals("False")) {
          pod.unscheduledReason = reason == null ? "Unschedulable" : reason;
          pod.unscheduledMessage = message;
        }
      }
      case "Ready" -> {
        pod.readyStatus = status;
        pod.readyReason = reason;
      }
      case "ContainersReady" -> pod.containersReady = status.equals("True");
      case "DisruptionTarget" -> pod.disruption = status.equals("True") ? message : null;
      default -> {}
    }
  }

  /** Containers of the spec, or their states; the name comes before or after what it is of. */
  private static void containers(JsonParser json, List<Container> all, boolean states) {
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
        } else if (name.equals("restartPolicy")) {
          read.restartPolicy = text(json);
        } else {
          json.skipChildren();
        }
      }
      Container kept = Pod.container(all, container);
      if (states) {
        kept.takeStatus(read);
      } else {
        kept.restartPolicy = read.restartPolicy;
      }
    }
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

  // ---- steps

  /** Into an object and to its first field; its name, or null for none. */
  private static @Nullable String first(JsonParser json) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return null;
    }
    return next(json);
  }

  /** To the value of the next field; its name, or null at the object's end. */
  private static @Nullable String next(JsonParser json) {
    String name = json.nextName();
    if (name != null) {
      json.nextToken();
    }
    return name;
  }

  private static @Nullable String text(JsonParser json) {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getString();
    }
    json.skipChildren();
    return null;
  }

  private static String word(JsonParser json) {
    String text = text(json);
    return text == null ? "" : text;
  }

  private static @Nullable String filled(JsonParser json) {
    String text = text(json);
    if (text == null) {
      return null;
    }
    String trimmed = text.strip();
    return trimmed.isEmpty() ? null : trimmed;
  }
}
