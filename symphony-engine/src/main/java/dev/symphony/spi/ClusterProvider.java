package dev.symphony.spi;

import dev.symphony.engine.Cluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Brings one backend; found through {@link java.util.ServiceLoader}.
 *
 * <p>The constructor does nothing, so that listing backends is cheap.
 */
public interface ClusterProvider {
  /** The backend's name, such as {@code tmux}. */
  String name();

  /** Other names it answers to. */
  default List<String> aliases() {
    return List.of();
  }

  /**
   * Makes a cluster.
   *
   * @param options settings by name; never null
   * @param context what it may know of its surroundings
   * @throws dev.symphony.engine.SymphonyException for an option it does not know, or a backend that
   *     cannot be used here, in one line that says what to do
   */
  Cluster create(Map<String, ?> options, ClusterContext context);

  /**
   * Whether this backend holds an experiment, as far as can be told at once and without changing
   * anything; asked by programs that were told no backend.
   *
   * @param options as of {@link #create}
   * @throws dev.symphony.engine.UsageException for an option it does not know
   * @throws dev.symphony.engine.SymphonyException where it cannot be asked, which the user is told
   */
  default boolean hasExperiments(Map<String, ?> options, ClusterContext context) {
    return false;
  }

  /**
   * Has a program played on a cluster that is made up for it, which shows what belongs into the
   * program's class-data archive. It uses nothing of the user's and no network but the loopback;
   * what the cluster lists, it may have made up. By default it is made as {@link #create} does
   * without options.
   *
   * @param directory a place for its files; removed afterwards
   * @param context surroundings in which there is nothing
   * @param play is given what makes the cluster, to be called and closed as often as it needs it;
   *     what it leaves running ends when it returns
   */
  default void rehearse(Path directory, ClusterContext context, Consumer<Supplier<Cluster>> play) {
    play.accept(() -> create(Map.of(), context));
  }

  /** Whether asking it takes a network: such backends are asked last; by default not. */
  default boolean isRemote() {
    return false;
  }

  /** What this backend does about an attribute; by default it honours all. */
  default Support support(Attribute attribute) {
    return Support.HONOURED;
  }

  /** What backends whose processes have no image and no share of a machine do about attributes. */
  static Support onThisHost(Attribute attribute) {
    return attribute == Attribute.IMAGE || attribute == Attribute.RESOURCES
        ? Support.IGNORED
        : Support.HONOURED;
  }
}
