package dev.symphony.engine;

/**
 * Where a service of a launched experiment is reached from here.
 *
 * @param service its name
 * @param process who provides it
 * @param host an address, never a name that resolves to several
 * @param port 1 to 65535
 * @param exposed whether it was declared for the user's browser
 */
public record ServiceAddress(
    String service, ProcessName process, String host, int port, boolean exposed) {

  /** The address for a browser. */
  public String url() {
    return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
