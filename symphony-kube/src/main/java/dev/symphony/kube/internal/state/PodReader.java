package dev.symphony.kube.internal.state;

import static dev.symphony.kube.internal.state.Fields.filled;
import static dev.symphony.kube.internal.state.Fields.first;
import static dev.symphony.kube.internal.state.Fields.next;
import static dev.symphony.kube.internal.state.Fields.text;
import static dev.symphony.kube.internal.state.Fields.word;

import dev.symphony.kube.internal.api.Json;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.plan.Names;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a PodList as it arrives and keeps a tenth of it, so that thousands of pods cost little. */
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
        case "containers" -> ContainerReader.read(json, pod.containers, false);
        case "initContainers" -> ContainerReader.read(json, pod.inits, false);
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
        case "containerStatuses" -> ContainerReader.read(json, pod.containers, true);
        case "initContainerStatuses" -> ContainerReader.read(json, pod.inits, true);
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
}
