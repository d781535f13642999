package dev.symphony.commandline.internal.view;

import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.Secret;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.State;
import dev.symphony.engine.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the engine says, as objects of the documented schema ({@code docs/json.md}), which scripts
 * rely on: keys are added and never renamed, removed or given another meaning.
 */
public final class Documents {
  private Documents() {}

  /** An experiment with its processes. */
  public static Tree experiment(String backend, ExperimentStatus status) {
    List<Tree> processes = new ArrayList<>();
    for (ProcessStatus process : status.processes()) {
      processes.add(process(new Tree(), process));
    }
    return summary(new Tree(), backend, status).put("processes", processes);
  }

  /**
   * A line that says how an experiment as a whole stands, where processes get lines of their own.
   */
  public static Tree experimentLine(String backend, ExperimentStatus status) {
    return summary(new Tree().put("type", "experiment"), backend, status);
  }

  /** A line that says how one process stands. */
  public static Tree processLine(String experiment, ProcessStatus status) {
    return process(new Tree().put("type", "process").put("experiment", experiment), status);
  }

  /** One of the experiments of a list. */
  public static Tree listed(ExperimentStatus status, boolean current) {
    Map<State, Integer> counts = new EnumMap<>(State.class);
    for (ProcessStatus process : status.processes()) {
      Integer before = counts.get(process.state());
      counts.put(process.state(), before == null ? 1 : before + 1);
    }
    Tree states = new Tree();
    for (Map.Entry<State, Integer> count : counts.entrySet()) {
      states.put(count.getKey().name(), count.getValue());
    }
    return new Tree()
        .put("name", status.name())
        .put("current", current)
        .put("launchId", status.launchId())
        .put("created", time(status.created()))
        .put("state", status.state().name())
        .put("processes", status.processes().size())
        .put("states", states)
        .put("verdict", verdict(status.verdict()))
        .put("deleting", status.deleting())
        .put("message", (String) null);
  }

  /** One of the experiments of a list that cannot be read. */
  public static Tree unreadable(String name, boolean current, String message) {
    return new Tree()
        .put("name", name)
        .put("current", current)
        .put("launchId", (String) null)
        .put("created", (String) null)
        .put("state", State.UNKNOWN.name())
        .put("processes", (Integer) null)
        .put("states", new Tree())
        .put("verdict", (Tree) null)
        .put("deleting", false)
        .put("message", message);
  }

  /** All there is to say of one process. */
  public static Tree description(String experiment, ProcessDescription description) {
    Tree secrets = new Tree();
    for (Map.Entry<String, Secret> secret : description.secrets().entrySet()) {
      secrets.put(secret.getKey(), secret.getValue().toString());
    }
    return process(new Tree().put("experiment", experiment), description.status())
        .put("command", description.command())
        .put("shell", description.shell())
        .put("directory", description.directory())
        .put("environment", description.environment())
        .put("secrets", secrets)
        .put("services", services(description.services()))
        .put("logFile", description.logFile())
        .put("details", description.details());
  }

  /** The services of an experiment. */
  public static Tree services(String experiment, List<ServiceAddress> services) {
    return new Tree().put("experiment", experiment).put("services", services(services));
  }

  /** A line of a log. */
  public static Tree logLine(ProcessName process, long epochMillis, String line) {
    return named(new Tree(), process)
        .put("time", epochMillis < 0 ? null : Times.iso(Instant.ofEpochMilli(epochMillis)))
        .put("line", line);
  }

  private static Tree summary(Tree tree, String backend, ExperimentStatus status) {
    return tree.put("experiment", status.name())
        .put("backend", backend)
        .put("launchId", status.launchId())
        .put("created", time(status.created()))
        .put("state", status.state().name())
        .put("verdict", verdict(status.verdict()))
        .put("deleting", status.deleting());
  }

  private static Tree process(Tree tree, ProcessStatus status) {
    return named(tree, status.name())
        .put("state", status.state().name())
        .put("reason", status.reason())
        .put("message", status.message())
        .put("ready", status.ready())
        .put("restarts", status.restarts())
        .put("exitCode", status.exitCode())
        .put("signal", status.signal())
        .put("start", time(status.start()))
        .put("end", time(status.end()))
        .put("node", status.node());
  }

  private static Tree named(Tree tree, ProcessName name) {
    return tree.put("process", name.toString()).put("group", name.group()).put("name", name.name());
  }

  private static List<Tree> services(List<ServiceAddress> services) {
    List<Tree> list = new ArrayList<>();
    for (ServiceAddress service : services) {
      list.add(
          new Tree()
              .put("service", service.service())
              .put("process", service.process().toString())
              .put("host", service.host())
              .put("port", service.port())
              .put("exposed", service.exposed())
              .put("reachable", service.reachable())
              .put("url", service.url()));
    }
    return list;
  }

  private static @Nullable Tree verdict(@Nullable Verdict verdict) {
    return verdict == null ? null : verdict(new Tree(), verdict);
  }

  private static Tree verdict(Tree tree, Verdict verdict) {
    ProcessName first = verdict.first();
    return tree.put("outcome", verdict.outcome().name())
        .put("first", first == null ? null : first.toString())
        .put("exitCode", verdict.code())
        .put("reason", verdict.reason())
        .put("message", verdict.message());
  }

  private static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : Times.iso(instant);
  }
}
