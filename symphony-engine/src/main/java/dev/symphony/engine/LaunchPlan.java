package dev.symphony.engine;

import java.util.List;
import java.util.Map;

/**
 * An experiment compiled for one cluster: what a dry run prints is what a launch executes.
 *
 * <p>Immutable. Secrets print masked. A plan of another cluster is refused.
 */
public interface LaunchPlan {
  /** The experiment's whole name. */
  String experiment();

  /** The backend's name, such as {@code local}. */
  String backend();

  /** The processes in declared order. */
  List<ProcessName> processNames();

  /** The bound and exposed services with the addresses that the launch will claim. */
  List<ServiceAddress> services();

  /** The declaration that it was made from, as it is saved: maps, lists, scalars, no secret. */
  Map<String, Object> declaration();

  /** The plan for people, secrets masked. */
  String toYaml();
}
