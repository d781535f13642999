package dev.symphony.commandline.internal.command;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.FileLocation;
import dev.symphony.engine.Forward;
import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.LogStream;
import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.ClusterContext;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A backend that answers with the records it was given and cannot do anything. */
final class GivenCluster extends Cluster {
  final Map<String, ExperimentStatus> experiments = new LinkedHashMap<>();
  final Map<String, String> unreadable = new LinkedHashMap<>();
  final List<ServiceAddress> services = new ArrayList<>();
  final Map<ProcessName, LogStream> logs = new LinkedHashMap<>();
  final Map<ProcessName, Path> files = new LinkedHashMap<>();
  final List<LogOptions> asked = new ArrayList<>();
  ProcessDescription description;
  Forward forward;
  int forwardedPort = -1;
  boolean containers;

  GivenCluster(Path folder) {
    super(ClusterContext.of(Map.of("HOME", folder.toString()), folder));
  }

  void add(ExperimentStatus status) {
    experiments.put(status.name(), status);
  }

  @Override
  public String backend() {
    return "given";
  }

  @Override
  protected String identity() {
    return "given";
  }

  @Override
  protected Duration grain() {
    return Duration.ofMillis(20);
  }

  @Override
  protected List<String> names() {
    List<String> names = new ArrayList<>(experiments.keySet());
    names.addAll(unreadable.keySet());
    return names;
  }

  @Override
  protected ExperimentStatus observe(String experiment) {
    if (unreadable.containsKey(experiment)) {
      throw new SymphonyException(unreadable.get(experiment));
    }
    return experiments.get(experiment);
  }

  @Override
  protected LogStream openLog(String experiment, ProcessName process, LogOptions options) {
    asked.add(options);
    return logs.get(process);
  }

  @Override
  protected Path logPath(String experiment, ProcessName process) {
    return files.get(process);
  }

  @Override
  protected List<ServiceAddress> addresses(String experiment) {
    return services;
  }

  @Override
  protected Forward openForward(String experiment, ServiceAddress service, int localPort) {
    forwardedPort = localPort;
    return forward == null ? super.openForward(experiment, service, localPort) : forward;
  }

  @Override
  protected boolean listsOthers() {
    return containers;
  }

  @Override
  protected boolean runsContainers() {
    return containers;
  }

  @Override
  protected ProcessDescription inspect(String experiment, ProcessName process) {
    return description;
  }

  @Override
  public LaunchPlan plan(ExperimentSpec experiment) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void create(LaunchPlan plan) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected List<ProcessName> stopNow(
      String experiment, List<ProcessName> processes, boolean withoutGrace) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected List<ProcessName> startAgain(String experiment, List<ProcessName> processes) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void remove(String experiment, boolean forgetOnly) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected int execute(
      String experiment,
      ProcessName process,
      List<String> command,
      InputStream in,
      OutputStream out,
      OutputStream err) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected int shellInto(String experiment, ProcessName process) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void copy(String experiment, FileLocation from, FileLocation to) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected boolean owns(LaunchPlan plan) {
    return false;
  }
}
