package dev.symphony.engine;

import dev.symphony.engine.local.LocalProvider;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ClusterProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Finds the backends of the class path.
 *
 * <p>The known ones are asked for by the names of their classes first: to a command from cold the
 * service loader, which lists them all, costs 15 ms.
 */
final class Backends {
  private static final List<Known> KNOWN =
      List.of(
          new Known("tmux", List.of("tmux"), "dev.symphony.tmux.TmuxProvider"),
          new Known("kube", List.of("kube", "kubernetes"), "dev.symphony.kube.KubeProvider"));

  private Backends() {}

  /**
   * A backend that an artifact of Symphony's own brings.
   *
   * @param name its name, with which its artifact's ends
   * @param names its name and aliases
   * @param provider the class of its provider
   */
  private record Known(String name, List<String> names, String provider) {}

  static Cluster create(String name, Map<String, ?> options, ClusterContext context) {
    return find(name).create(options, context);
  }

  /** With the options of the configuration below those given. */
  static Cluster configured(String name, Map<String, ?> given) {
    ClusterProvider provider = find(name);
    Map<String, Object> options = new LinkedHashMap<>(configured(provider));
    options.putAll(given);
    return provider.create(options, ClusterContext.system());
  }

  private static Map<String, Object> configured(ClusterProvider provider) {
    return SymphonyConfig.get().options(provider.name());
  }

  private static ClusterProvider find(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    if (wanted.equals("local")) {
      return new LocalProvider();
    }
    Known known = known(wanted);
    ClusterProvider own = known == null ? null : provider(known);
    if (own != null) {
      return own;
    }
    Found found = load();
    for (ClusterProvider provider : found.providers) {
      if (provider.name().equals(wanted) || provider.aliases().contains(wanted)) {
        return provider;
      }
    }
    throw new UsageException(unknown(name, wanted, found));
  }

  private static @Nullable Known known(String wanted) {
    for (Known known : KNOWN) {
      if (known.names.contains(wanted)) {
        return known;
      }
    }
    return null;
  }

  /** Null where the class is not there or cannot be loaded, of which the service loader tells. */
  private static @Nullable ClusterProvider provider(Known known) {
    try {
      return Class.forName(known.provider, true, loader())
          .asSubclass(ClusterProvider.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
      return null;
    }
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (ClusterProvider provider : load().providers) {
      names.add(provider.name());
    }
    return names;
  }

  static String withExperiments(Consumer<String> told) {
    ClusterContext context = ClusterContext.system();
    List<ClusterProvider> providers = load().providers;
    for (boolean remote : new boolean[] {false, true}) {
      for (ClusterProvider provider : providers) {
        if (provider.isRemote() == remote && holds(provider, context, told)) {
          return provider.name();
        }
      }
    }
    return "local";
  }

  private static boolean holds(
      ClusterProvider provider, ClusterContext context, Consumer<String> told) {
    try {
      return provider.hasExperiments(configured(provider), context);
    } catch (UsageException e) {
      if (SymphonyConfig.get().overrodeOptions()) {
        return false; // it does not know an option of the command line: another one is meant
      }
      throw e;
    } catch (SymphonyException e) {
      told.accept("backend " + provider.name() + " cannot be asked: " + e.getMessage());
      return false;
    }
  }

  private static String unknown(String name, String wanted, Found found) {
    List<String> there = new ArrayList<>();
    for (ClusterProvider provider : found.providers) {
      there.add(provider.name());
    }
    StringBuilder text = new StringBuilder();
    text.append("there is no backend '").append(name).append("'; available: ");
    text.append(String.join(", ", there));
    Known known = known(wanted);
    if (known != null) {
      text.append("; the artifact dev.symphony:symphony-").append(known.name);
      text.append(" brings ").append(known.name);
    }
    for (String problem : found.problems) {
      text.append("; one could not be loaded: ").append(problem);
    }
    return text.toString();
  }

  private static Found load() {
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    found.providers.add(new LocalProvider());
    Iterator<ClusterProvider> all = ServiceLoader.load(ClusterProvider.class, loader()).iterator();
    while (true) {
      try {
        if (!all.hasNext()) {
          break;
        }
        found.add(all.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        found.problems.add(String.valueOf(e.getMessage()));
        LoggerFactory.getLogger(Backends.class).warn("a backend cannot be loaded", e);
      }
    }
    return found;
  }

  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null ? context : Backends.class.getClassLoader();
  }

  private record Found(List<ClusterProvider> providers, List<String> problems) {
    /** Behind local, by name; without a lambda, as {@link NaturalOrder#ORDER} is. */
    void add(ClusterProvider provider) {
      int at = providers.size();
      while (at > 1 && providers.get(at - 1).name().compareTo(provider.name()) > 0) {
        at--;
      }
      providers.add(at, provider);
    }
  }
}
