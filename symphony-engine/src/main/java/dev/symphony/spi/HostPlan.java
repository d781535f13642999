package dev.symphony.spi;

import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.internal.data.DataWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A launch plan for processes of this host.
 *
 * @param backend the backend's name
 * @param cluster the identity of the cluster that made it
 * @param experiment the experiment's whole name
 * @param processes in declared order
 * @param services with their addresses
 * @param fixedPorts those of the services' ports that were declared; the others were chosen
 * @param classPath what is kept of the launching program's class path
 * @param declaration the declaration as it is saved: maps, lists, scalars; no secret in it
 */
public record HostPlan(
    String backend,
    String cluster,
    String experiment,
    List<HostProcess> processes,
    List<ServiceAddress> services,
    Set<Integer> fixedPorts,
    List<KeptPath> classPath,
    Map<String, Object> declaration)
    implements LaunchPlan {

  /**
   * An element of a class path that is copied aside, so that a rebuild does not break what runs.
   *
   * @param source where it is
   * @param kept where its copy goes, a name made of its content
   */
  public record KeptPath(String source, String kept) {}

  /** Copies the collections. */
  public HostPlan {
    processes = List.copyOf(processes);
    services = List.copyOf(services);
    fixedPorts = Set.copyOf(fixedPorts);
    classPath = List.copyOf(classPath);
    declaration = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(declaration));
  }

  @Override
  public List<ProcessName> processNames() {
    List<ProcessName> names = new ArrayList<>(processes.size());
    for (HostProcess process : processes) {
      names.add(process.name());
    }
    return names;
  }

  /** Masks the values of all secrets of this plan. */
  public Masking masking() {
    List<SecretText> values = new ArrayList<>();
    for (HostProcess process : processes) {
      values.addAll(process.secretValues().values());
    }
    return new Masking(values);
  }

  @Override
  public String toYaml() {
    return DataWriter.yaml(toPlain());
  }

  /** The plan as maps, lists and scalars, secrets masked. */
  public Map<String, Object> toPlain() {
    Masking masking = masking();
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("experiment", experiment);
    plan.put("backend", backend);
    plan.put("cluster", cluster);
    List<Object> listed = new ArrayList<>();
    for (HostProcess process : processes) {
      listed.add(plain(process, masking));
    }
    plan.put("processes", listed);
    List<Object> addresses = new ArrayList<>();
    for (ServiceAddress service : services) {
      Map<String, Object> address = new LinkedHashMap<>();
      address.put("name", service.service());
      address.put("process", service.process().toString());
      address.put("host", service.host());
      address.put("port", service.port());
      address.put("exposed", service.exposed());
      addresses.add(address);
    }
    plan.put("services", addresses);
    return plan;
  }

  private static Map<String, Object> plain(HostProcess process, Masking masking) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("name", process.name().toString());
    if (!process.preamble().isEmpty()) {
      plain.put("preamble", masking.mask(process.preamble()));
    }
    if (process.command().isEmpty()) {
      plain.put("shell", masking.mask(process.shell()));
    } else {
      plain.put("command", masking.mask(process.command()));
    }
    plain.put("workingDirectory", process.directory());
    Map<String, Object> environment = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : process.environment().entrySet()) {
      environment.put(entry.getKey(), masking.mask(entry.getValue()));
    }
    plain.put("env", environment);
    if (!process.secrets().isEmpty()) {
      Map<String, Object> secrets = new LinkedHashMap<>();
      process.secrets().forEach((variable, secret) -> secrets.put(variable, secret.toString()));
      plain.put("secrets", secrets);
    }
    plain.put("inheritEnv", process.inheritEnv());
    plain.put("gracePeriodMillis", process.gracePeriod().toMillis());
    plain.put("restart", process.restart().kind().name());
    Integer maximum = process.restart().maximum();
    if (maximum != null) {
      plain.put("maxRestarts", maximum);
    }
    return plain;
  }

  /** The experiment's name and the number of its processes. */
  @Override
  public String toString() {
    return "plan of " + experiment + " for " + backend + ", " + processes.size() + " processes";
  }
}
