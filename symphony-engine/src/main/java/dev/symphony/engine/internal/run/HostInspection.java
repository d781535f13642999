package dev.symphony.engine.internal.run;

import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.internal.host.ProcessRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All there is to say of one process of this host. */
public final class HostInspection {
  private HostInspection() {}

  /** Collects it from the record, the saved plan and the machine. */
  public static ProcessDescription of(HostRuns runs, String experiment, ProcessName process) {
    RunDirectory directory = runs.require(experiment);
    RunIndex index = runs.index(directory);
    int number = runs.number(experiment, index, process);
    try {
      SavedPlan plan = new SavedPlan(directory);
      List<ServiceAddress> services = new ArrayList<>();
      for (ServiceAddress service : index.services()) {
        if (service.process().equals(process)) {
          services.add(service);
        }
      }
      return new ProcessDescription(
          runs.observer().observe(experiment, directory).processes().get(number),
          plan.words(process, "command"),
          plan.words(process, "shell"),
          plan.directory(process),
          new TreeMap<>(plan.environment(process)),
          plan.secrets(process),
          services,
          directory.log(number).toString(),
          details(index, directory.record(number)));
    } catch (IOException e) {
      throw RunDirectory.failure("read", directory.root(), e);
    }
  }

  private static Map<String, String> details(
      RunIndex index, @org.jspecify.annotations.Nullable ProcessRecord record) {
    Map<String, String> details = new LinkedHashMap<>();
    if (record != null && record.state() == 'R') {
      details.put("pid", Integer.toString(record.command()));
      details.put("wrapper pid", Integer.toString(record.wrapper()));
    }
    if (record != null) {
      details.put("attempts", Integer.toString(record.attempt()));
    }
    details.put("host", index.host().hostName());
    details.put("launch", index.launchId());
    return details;
  }
}
