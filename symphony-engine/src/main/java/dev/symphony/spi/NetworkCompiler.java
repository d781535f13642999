package dev.symphony.spi;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns what processes bind, connect to and expose into the services of an experiment. */
public final class NetworkCompiler {
  private final Problems problems;
  private final Map<String, Service> services = new LinkedHashMap<>();

  private NetworkCompiler(Problems problems) {
    this.problems = problems;
  }

  /**
   * Checks all declarations of an experiment.
   *
   * @param oneHost whether all processes share the ports of one host
   * @param problems takes everything that is wrong, each with process and service
   * @return the services in declared order
   */
  public static List<Service> compile(ExperimentSpec spec, boolean oneHost, Problems problems) {
    NetworkCompiler compiler = new NetworkCompiler(problems);
    for (ProcessSpec process : spec.listAllProcesses()) {
      for (Map.Entry<String, @Nullable Integer> entry : process.getBoundServices().entrySet()) {
        compiler.provide(process.getFullName(), entry.getKey(), entry.getValue(), true);
      }
      for (Map.Entry<String, @Nullable Integer> entry : process.getExposedServices().entrySet()) {
        compiler.provide(process.getFullName(), entry.getKey(), entry.getValue(), false);
      }
    }
    for (ProcessSpec process : spec.listAllProcesses()) {
      for (String service : process.getConnectedServices()) {
        compiler.connect(process.getFullName(), service);
      }
    }
    compiler.checkVariables();
    if (oneHost) {
      compiler.checkPorts();
    }
    return new ArrayList<>(compiler.services.values());
  }

  private void provide(ProcessName process, String name, @Nullable Integer port, boolean binds) {
    if (port != null && (port < 1 || port > 65535)) {
      problems.add(
          "process " + process + ", service " + name + ": port " + port + " is not in 1-65535");
      return;
    }
    Service other = services.get(name);
    if (other == null) {
      services.put(name, new Service(name, process, binds, !binds, port));
      return;
    }
    if (!other.provider().equals(process)) {
      problems.add(clash(process, name, other, binds));
      return;
    }
    if (port != null && other.port() != null && !Objects.equals(port, other.port())) {
      problems.add(
          "process "
              + process
              + ", service "
              + name
              + ": bound at port "
              + other.port()
              + " and exposed at port "
              + port
              + "; give one");
      return;
    }
    services.put(
        name,
        new Service(
            name,
            process,
            other.bound() || binds,
            other.exposed() || !binds,
            port != null ? port : other.port()));
  }

  private static String clash(ProcessName process, String name, Service other, boolean binds) {
    String here = binds ? "binds" : "exposes";
    String there = other.bound() ? "binds" : "exposes";
    return "process "
        + process
        + " "
        + here
        + " service "
        + name
        + ", which process "
        + other.provider()
        + " "
        + there
        + " already; one process provides a service";
  }

  private void connect(ProcessName process, String name) {
    Service service = services.get(name);
    if (service != null && service.bound()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    text.append("process ").append(process).append(" connects to service ").append(name);
    if (service != null) {
      text.append(", which process ").append(service.provider());
      text.append(" only exposes; add binds(\"").append(name).append("\") there");
    } else {
      text.append(", which no process binds");
      String near = nearest(name);
      if (near != null) {
        text.append("; did you mean ").append(near).append('?');
      }
    }
    problems.add(text.toString());
  }

  private void checkVariables() {
    Map<String, Service> byVariable = new HashMap<>();
    for (Service service : services.values()) {
      Service other = byVariable.put(service.variable(), service);
      if (other != null) {
        problems.add(
            "services "
                + other.name()
                + " and "
                + service.name()
                + " would share the variable "
                + service.variable()
                + "; rename one");
      }
    }
  }

  private void checkPorts() {
    Map<Integer, Service> byPort = new HashMap<>();
    for (Service service : services.values()) {
      Integer port = service.port();
      Service other = port == null ? null : byPort.put(port, service);
      if (other != null) {
        problems.add(
            "process "
                + service.provider()
                + ", service "
                + service.name()
                + ": port "
                + port
                + " is that of service "
                + other.name()
                + " of process "
                + other.provider()
                + " on the same host; change one");
      }
    }
  }

  private @Nullable String nearest(String name) {
    String nearest = null;
    int least = Math.max(2, name.length() / 3) + 1;
    for (Service service : services.values()) {
      int distance = distance(name, service.name());
      if (service.bound() && distance < least) {
        least = distance;
        nearest = service.name();
      }
    }
    return nearest;
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
