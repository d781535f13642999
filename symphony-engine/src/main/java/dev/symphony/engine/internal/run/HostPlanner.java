package dev.symphony.engine.internal.run;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessGroupSpec;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.engine.Secret;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.Work;
import dev.symphony.engine.internal.host.PortLeases;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.HostPlan;
import dev.symphony.spi.HostProcess;
import dev.symphony.spi.NetworkCompiler;
import dev.symphony.spi.Problems;
import dev.symphony.spi.SecretText;
import dev.symphony.spi.Service;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles an experiment for this host. */
public final class HostPlanner {
  /** What exec takes for one string, on Linux: 32 pages. */
  private static final int LONGEST_STRING = 128 * 1024;

  private static final String LOOPBACK = "127.0.0.1";

  private final String backend;
  private final String cluster;
  private final ClusterContext context;
  private final PortLeases ports;
  private final ClassPath classPath;
  private final Problems problems = new Problems();

  /** Plans for one cluster. */
  public HostPlanner(String backend, String cluster, ClusterContext context, PortLeases ports) {
    this.backend = backend;
    this.cluster = cluster;
    this.context = context;
    this.ports = ports;
    this.classPath = new ClassPath(context.stateDirectory());
  }

  /**
   * Compiles.
   *
   * @param attempt how many plans came too late for their ports: each looks elsewhere
   * @throws SymphonyException with a line for each problem
   */
  public HostPlan plan(ExperimentSpec spec, int attempt) {
    List<Service> services = NetworkCompiler.compile(spec, true, problems);
    Set<Integer> fixed = fixedPorts(services);
    List<ServiceAddress> addresses = addresses(services, fixed, spec.getName() + attempt);
    List<HostProcess> processes = new ArrayList<>();
    for (ProcessSpec process : spec.listAllProcesses()) {
      try {
        processes.add(compile(spec, process, services, addresses, processes.size()));
      } catch (SymphonyException e) {
        problems.add(e);
      }
    }
    if (spec.listAllProcesses().isEmpty()) {
      problems.add(
          "it has no process; declare one with newProcess(name), or below 'processes' of a file");
    }
    problems.throwIfAny(spec.getName());
    return new HostPlan(
        backend,
        cluster,
        spec.getName(),
        processes,
        addresses,
        fixed,
        classPath.entries(),
        spec.toPlain(secretsOf(processes)));
  }

  private static List<SecretText> secretsOf(List<HostProcess> processes) {
    List<SecretText> values = new ArrayList<>();
    for (HostProcess process : processes) {
      values.addAll(process.secretValues().values());
    }
    return values;
  }

  private static Set<Integer> fixedPorts(List<Service> services) {
    Set<Integer> fixed = new LinkedHashSet<>();
    for (Service service : services) {
      Integer port = service.port();
      if (port != null) {
        fixed.add(port);
      }
    }
    return fixed;
  }

  private List<ServiceAddress> addresses(List<Service> services, Set<Integer> fixed, String seed) {
    int wanted = 0;
    for (Service service : services) {
      wanted += service.port() == null ? 1 : 0;
    }
    List<Integer> chosen = List.of();
    if (wanted > 0) {
      try {
        BitSet avoid = new BitSet();
        for (int port : fixed) {
          avoid.set(port);
        }
        chosen = ports.plan(seed, wanted, avoid);
      } catch (SymphonyException e) {
        problems.add(e);
        return List.of();
      }
    }
    List<ServiceAddress> addresses = new ArrayList<>();
    int next = 0;
    for (Service service : services) {
      Integer declared = service.port();
      int port = declared != null ? declared : chosen.get(next++);
      addresses.add(
          new ServiceAddress(
              service.name(), service.provider(), LOOPBACK, port, service.exposed()));
    }
    return addresses;
  }

  private HostProcess compile(
      ExperimentSpec spec,
      ProcessSpec process,
      List<Service> services,
      List<ServiceAddress> addresses,
      int index) {
    Work work = process.getWork();
    ProcessName name = process.getFullName();
    if (work.kind() == Work.Kind.NONE) {
      throw problem(name, "nothing to run; give it command(…), shell(…) or main(…)");
    }
    if (work.kind() != Work.Kind.MAIN && !work.jvmOptions().isEmpty()) {
      throw problem(name, "jvmOptions(…) go with main(…) only");
    }
    List<String> command =
        switch (work.kind()) {
          case COMMAND -> work.words();
          case MAIN -> classPath.command(name, work);
          default -> List.of();
        };
    List<String> preamble = new ArrayList<>(spec.getPreamble());
    ProcessGroupSpec group = process.getGroup();
    if (group != null) {
      preamble.addAll(group.getPreamble());
    }
    Map<String, Secret> secrets = new LinkedHashMap<>(spec.getSecrets());
    secrets.putAll(process.getSecrets());
    Map<String, String> environment = environment(spec, process, services, addresses, secrets);
    HostProcess compiled =
        new HostProcess(
            index,
            name,
            command,
            work.kind() == Work.Kind.SHELL ? work.words() : List.of(),
            preamble,
            directory(process),
            environment,
            secretValues(name, secrets),
            secrets,
            process.getInheritEnv(),
            process.getPassEnv(),
            process.getGracePeriod(),
            process.getRestartPolicy(),
            process.getSuccessExitCodes(),
            portsOf(name, addresses));
    checkSizes(compiled);
    return compiled;
  }

  private Map<String, String> environment(
      ExperimentSpec spec,
      ProcessSpec process,
      List<Service> services,
      List<ServiceAddress> addresses,
      Map<String, Secret> secrets) {
    Map<String, String> computed = new LinkedHashMap<>();
    computed.put("SYMPH_EXPERIMENT", spec.getName());
    computed.put("SYMPH_PROCESS", process.getName());
    ProcessGroupSpec group = process.getGroup();
    computed.put("SYMPH_PROCESS_GROUP", group == null ? "" : group.getName());
    computed.put("SYMPH_BACKEND", backend);
    ProcessSpec.Replica replica = process.getReplica();
    if (replica != null) {
      computed.put("SYMPH_REPLICA_INDEX", Integer.toString(replica.index()));
      computed.put("SYMPH_REPLICA_COUNT", Integer.toString(replica.count()));
    }
    for (int i = 0; i < addresses.size(); i++) {
      ServiceAddress address = addresses.get(i);
      String prefix = services.get(i).variable();
      String port = Integer.toString(address.port());
      computed.put(prefix + "_HOST", address.host());
      computed.put(prefix + "_PORT", port);
      computed.put(prefix + "_ADDR", address.host() + ":" + port);
      if (address.process().equals(process.getFullName())) {
        computed.put(prefix + "_ADVERTISE", address.host() + ":" + port);
      }
    }
    Map<String, String> environment = new LinkedHashMap<>();
    boolean unbuffered =
        process.getInheritEnv() && context.environment().containsKey("PYTHONUNBUFFERED");
    if (!unbuffered) {
      environment.put("PYTHONUNBUFFERED", "1");
    }
    environment.putAll(process.getEnv());
    for (String variable : computed.keySet()) {
      if (process.getEnv().containsKey(variable) || secrets.containsKey(variable)) {
        problems.add(
            "process "
                + process.getFullName()
                + ": variable "
                + variable
                + " is set by Symphony; use another name");
      }
    }
    for (String variable : secrets.keySet()) {
      if (process.getEnv().containsKey(variable)) {
        problems.add(
            "process "
                + process.getFullName()
                + ": variable "
                + variable
                + " is given with env(…) and with secret(…); give one");
      }
    }
    environment.putAll(computed);
    return environment;
  }

  private Map<String, SecretText> secretValues(ProcessName name, Map<String, Secret> secrets) {
    Map<String, SecretText> values = new LinkedHashMap<>();
    for (Map.Entry<String, Secret> entry : secrets.entrySet()) {
      try {
        String value =
            entry.getValue().resolve(entry.getKey(), context.environment(), context.home());
        values.put(entry.getKey(), new SecretText(value));
      } catch (SymphonyException e) {
        problems.add("process " + name + ": " + e.getMessage());
      }
    }
    return values;
  }

  private String directory(ProcessSpec process) {
    String declared = process.getWorkingDirectory();
    ProcessName name = process.getFullName();
    Path directory;
    try {
      if (declared == null) {
        directory = context.workingDirectory();
      } else if (declared.equals("~")) {
        directory = context.home();
      } else if (declared.startsWith("~/")) {
        directory = context.home().resolve(declared.substring(2));
      } else {
        directory = context.workingDirectory().resolve(declared);
      }
    } catch (InvalidPathException e) {
      throw problem(name, "working directory '" + declared + "' is no path here: " + e.getReason());
    }
    directory = directory.normalize();
    if (!Files.isDirectory(directory)) {
      throw problem(name, "working directory " + directory + " does not exist; create it first");
    }
    if (!Files.isExecutable(directory)) {
      throw problem(name, "working directory " + directory + " may not be entered by this user");
    }
    return directory.toString();
  }

  private static List<Integer> portsOf(ProcessName name, List<ServiceAddress> addresses) {
    List<Integer> ports = new ArrayList<>();
    for (ServiceAddress address : addresses) {
      if (address.process().equals(name)) {
        ports.add(address.port());
      }
    }
    return ports;
  }

  private static void checkSizes(HostProcess process) {
    for (Map.Entry<String, String> entry : process.environment().entrySet()) {
      checkSize(process.name(), entry.getKey(), entry.getValue());
    }
    for (Map.Entry<String, SecretText> entry : process.secretValues().entrySet()) {
      checkSize(process.name(), entry.getKey(), entry.getValue().reveal());
    }
    String lines = String.join("\n", process.preamble()) + String.join("\n", process.shell());
    if (tooLong(lines.length() + 64, lines + " ".repeat(64))) {
      throw problem(
          process.name(),
          "its shell lines are longer than 128 KiB, which no shell can take; put them into a file");
    }
    for (String argument : process.command()) {
      if (tooLong(argument.length(), argument)) {
        throw problem(
            process.name(), "an argument is longer than 128 KiB, which no program can take");
      }
    }
  }

  private static void checkSize(ProcessName process, String variable, String value) {
    if (tooLong(variable.length() + 1 + value.length(), variable + "=" + value)) {
      throw problem(
          process,
          "environment variable "
              + variable
              + " is longer than 128 KiB, which no program can take; pass a file instead");
    }
  }

  private static boolean tooLong(int characters, String text) {
    return characters >= LONGEST_STRING / 4
        && text.getBytes(StandardCharsets.UTF_8).length >= LONGEST_STRING;
  }

  private static SymphonyException problem(ProcessName process, String what) {
    return new SymphonyException("process " + process + ": " + what);
  }
}
