package dev.symphony.kube.internal.remote;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.state.Attempt;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The running container of a process.
 *
 * @param process whose it is
 * @param path of its pod: {@code /api/v1/namespaces/rl/pods/agent-0}
 */
record Target(ProcessName process, String path, String container) {

  /**
   * The newest attempt's.
   *
   * @throws SymphonyException where it does not run: how it is, and what to do
   */
  static Target running(Observer observer, Place place, ProcessName process) {
    List<Attempt> attempts = observer.attempts(place, process);
    Attempt last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    if (last == null || !last.running()) {
      throw notRunning(observer, place, process, last);
    }
    return new Target(
        process,
        "/api/v1/namespaces/"
            + KubeApi.encode(place.namespace())
            + "/pods/"
            + KubeApi.encode(last.pod()),
        last.container());
  }

  private static SymphonyException notRunning(
      Observer observer, Place place, ProcessName process, @Nullable Attempt last) {
    ProcessStatus status = observer.observe(place).process(process);
    String how = status == null ? "gone" : String.valueOf(status.state());
    if (status != null && status.reason() != null) {
      how += " (" + status.reason() + ")";
    }
    if (status != null && status.message() != null) {
      how += ": " + status.message();
    }
    String next =
        last == null || last.ended()
            ? "'start' runs it again"
            : last.hasRun() ? "'logs' shows why" : "wait until it runs";
    return new SymphonyException(
        "process " + process + " does not run, it is " + how + "; " + next);
  }
}
