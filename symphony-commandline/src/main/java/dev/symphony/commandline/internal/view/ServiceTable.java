package dev.symphony.commandline.internal.view;

import dev.symphony.engine.ServiceAddress;
import java.util.List;

/** Services with where they are reached, as a table. */
public final class ServiceTable {
  private ServiceTable() {}

  /** Service, process and address. */
  public static Table of(List<ServiceAddress> services) {
    Table table = new Table("Service", "Process", "URL");
    for (ServiceAddress service : services) {
      table.row(service.service(), service.process().toString(), where(service));
    }
    return table;
  }

  private static String where(ServiceAddress service) {
    if (service.reachable()) {
      return service.url();
    }
    return service.pending() ? "pending" : "inside the cluster only";
  }
}
