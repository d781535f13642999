package dev.symphony.kube.internal.state;

import dev.symphony.engine.ServiceAddress;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.PlannedService;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where services are reached: as planned, and as the cluster has them now. */
final class Addresses {
  private final Place place;
  private final List<Object> objects;

  /** Of the Service objects of an experiment. */
  Addresses(Place place, List<Object> objects) {
    this.place = place;
    this.objects = objects;
  }

  /** The addresses of services, in their order. */
  List<ServiceAddress> of(List<PlannedService> services) {
    List<ServiceAddress> addresses = new ArrayList<>(services.size());
    for (PlannedService service : services) {
      Object object = service.exposed() ? balanced(service.object()) : null;
      String outside = ingress(Tree.list(object, "status", "loadBalancer", "ingress"));
      addresses.add(
          new ServiceAddress(
              service.name(),
              service.provider(),
              outside == null ? service.object() + "." + place.namespace() : outside,
              service.port(),
              service.exposed(),
              outside != null,
              object != null && outside == null));
    }
    return addresses;
  }

  /** The Service object of this name where it asks for a load balancer; else null. */
  private @Nullable Object balanced(String object) {
    for (Object service : objects) {
      if (object.equals(Tree.text(service, "metadata", "name"))
          && "LoadBalancer".equals(Tree.text(service, "spec", "type"))) {
        return service;
      }
    }
    return null;
  }

  /** The ip or the name that a load balancer gave; null while there is none. */
  private static @Nullable String ingress(List<Object> ingress) {
    for (Object each : ingress) {
      String ip = Tree.text(each, "ip");
      String host = ip == null || ip.isEmpty() ? Tree.text(each, "hostname") : ip;
      if (host != null && !host.isEmpty()) {
        return host;
      }
    }
    return null;
  }
}
