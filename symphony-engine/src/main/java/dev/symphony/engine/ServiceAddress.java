package dev.symphony.engine;

/**
 * Where a service of a launched experiment is reached from here.
 *
 * @param service its name
 * @param process who provides it
 * @param host an address or a name
 * @param port 1 to 65535
 * @param exposed whether it was declared for the user's browser
 * @param reachable whether it is reached from here directly; else {@link Cluster#forward} leads
 *     there
 * @param pending whether it is to be reached from here and has no address for that yet
 */
public record ServiceAddress(
    String service,
    ProcessName process,
    String host,
    int port,
    boolean exposed,
    boolean reachable,
    boolean pending) {

  /** One that waits for nothing. */
  public ServiceAddress(
      String service,
      ProcessName process,
      String host,
      int port,
      boolean exposed,
      boolean reachable) {
    this(service, process, host, port, exposed, reachable, false);
  }

  /** One that is reached from here. */
  public ServiceAddress(
      String service, ProcessName process, String host, int port, boolean exposed) {
    this(service, process, host, port, exposed, true);
  }

  /** The address for a browser. */
  public String url() {
    return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
