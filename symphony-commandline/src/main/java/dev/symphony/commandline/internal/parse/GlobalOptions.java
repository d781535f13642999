package dev.symphony.commandline.internal.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What help says of the options that every command has. */
public final class GlobalOptions {
  private GlobalOptions() {}

  /**
   * Those before the command: flags, then what they do.
   *
   * @param defaultCluster the backend without {@code --cluster}; null where there is no such
   *     option, nor {@code --namespace}
   */
  public static List<String[]> ofProgram(@Nullable String defaultCluster) {
    List<String[]> options = ofCommand(defaultCluster);
    options.add(new String[] {"--version", "print the version"});
    return options;
  }

  /** Those after a command: flags, then what they do. */
  public static List<String[]> ofCommand(@Nullable String defaultCluster) {
    List<String[]> options = new ArrayList<>();
    if (defaultCluster != null) {
      options.add(
          new String[] {
            WordReader.CLUSTER + " NAME",
            "the backend, such as local, tmux or kube"
                + (defaultCluster.isEmpty() ? "" : "; by default " + defaultCluster)
          });
      options.add(
          new String[] {
            WordReader.NAMESPACE + " NS", "on kube: one namespace for all, which must exist already"
          });
    }
    options.add(new String[] {"--debug", "print a stack trace with an error"});
    options.add(new String[] {"-h, --help", "print this"});
    return options;
  }
}
