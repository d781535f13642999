package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ProcessName;
import dev.symphony.spi.Problems;
import dev.symphony.spi.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ports of services: each pod has all ports for itself. */
final class Ports {
  private static final int FIRST = 7000;

  private Ports() {}

  /**
   * The port of each service, as declared, else the lowest from 7000 that is free in its pod.
   *
   * @param problems takes two services of one pod at one port
   */
  static List<Integer> choose(
      List<Service> services, Map<ProcessName, PodShape> pods, Problems problems) {
    Map<PodShape, Map<Integer, Service>> taken = new HashMap<>();
    for (Service service : services) {
      Integer port = service.port();
      if (port != null) {
        Service other = in(taken, pods, service).putIfAbsent(port, service);
        if (other != null) {
          problems.add(clash(service, other, port));
        }
      }
    }
    Map<PodShape, Integer> next = new HashMap<>();
    List<Integer> ports = new ArrayList<>(services.size());
    for (Service service : services) {
      Integer port = service.port();
      if (port == null) {
        Map<Integer, Service> inPod = in(taken, pods, service);
        port = next.getOrDefault(pods.get(service.provider()), FIRST);
        while (inPod.containsKey(port)) {
          port++;
        }
        next.put(pods.get(service.provider()), port + 1);
      }
      ports.add(port);
    }
    return ports;
  }

  private static Map<Integer, Service> in(
      Map<PodShape, Map<Integer, Service>> taken,
      Map<ProcessName, PodShape> pods,
      Service service) {
    return taken.computeIfAbsent(pods.get(service.provider()), pod -> new HashMap<>());
  }

  private static String clash(Service service, Service other, int port) {
    return "process "
        + service.provider()
        + ", service "
        + service.name()
        + ": port "
        + port
        + " is that of service "
        + other.name()
        + " of process "
        + other.provider()
        + " in the same pod; change one";
  }
}
