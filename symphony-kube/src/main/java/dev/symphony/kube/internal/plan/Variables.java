package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.spi.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables that Symphony computes for processes. */
final class Variables {
  /**
   * The most services whose addresses are written into every container. Every variable of every
   * container is a line of the pod: 500 services in 500 pods would be 88 MB for the API server.
   */
  private static final int FEW = 20;

  private final String experiment;
  private final List<Service> services;
  private final List<PlannedService> planned;
  private final Map<ProcessName, List<Integer>> provided = new HashMap<>();
  private final Map<String, String> addresses = new LinkedHashMap<>();

  /**
   * Computes them.
   *
   * @param planned the same services with their ports, in the same order
   */
  Variables(String experiment, List<Service> services, List<PlannedService> planned) {
    this.experiment = experiment;
    this.services = services;
    this.planned = planned;
    for (int i = 0; i < services.size(); i++) {
      PlannedService service = planned.get(i);
      provided.computeIfAbsent(service.provider(), process -> new ArrayList<>()).add(i);
      put(addresses, services.get(i).variable(), service.object(), service.port());
    }
  }

  /** Whether the addresses are in one object for all containers. */
  boolean areMany() {
    return services.size() > FEW;
  }

  /** The addresses as those see them that provide none. */
  Map<String, String> addresses() {
    return addresses;
  }

  /** All others of a process; where {@link #areMany} only with the addresses it provides. */
  Map<String, String> of(ProcessSpec process) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("SYMPH_EXPERIMENT", experiment);
    variables.put("SYMPH_PROCESS", process.getName());
    ProcessGroupSpec group = process.getGroup();
    variables.put("SYMPH_PROCESS_GROUP", group == null ? "" : group.getName());
    variables.put("SYMPH_BACKEND", "kube");
    ProcessSpec.Replica replica = process.getReplica();
    if (replica != null) {
      variables.put("SYMPH_REPLICA_INDEX", Integer.toString(replica.index()));
      variables.put("SYMPH_REPLICA_COUNT", Integer.toString(replica.count()));
    }
    if (!areMany()) {
      variables.putAll(addresses);
    }
    for (int i : provided.getOrDefault(process.getFullName(), List.of())) {
      PlannedService service = planned.get(i);
      String name = services.get(i).variable();
      put(variables, name, "0.0.0.0", service.port());
      variables.put(name + "_ADVERTISE", service.object() + ":" + service.port());
    }
    return variables;
  }

  private static void put(Map<String, String> variables, String name, String host, int port) {
    variables.put(name + "_HOST", host);
    variables.put(name + "_PORT", Integer.toString(port));
    variables.put(name + "_ADDR", host + ":" + port);
  }
}
