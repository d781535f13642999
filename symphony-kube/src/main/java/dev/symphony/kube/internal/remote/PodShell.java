package dev.symphony.kube.internal.remote;

import dev.symphony.engine.FileLocation;
import dev.symphony.engine.ProcessName;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Commands and files in the place of a process. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class PodShell {
  private final KubeApi api;
  private final Observer observer;
  private final Map<String, String> environment;
  private final Path workingDirectory;

  /**
   * Works through an API.
   *
   * @param environment the launching program's, for {@code TERM}
   * @param workingDirectory what local relative paths start from
   */
  public PodShell(
      KubeApi api, Observer observer, Map<String, String> environment, Path workingDirectory) {
    this.api = api;
    this.observer = observer;
    this.environment = environment;
    this.workingDirectory = workingDirectory;
  }

  /**
   * Runs a command; null streams are this program's own, then with a terminal where it has one.
   *
   * @return the command's exit code
   */
  public int run(
      Place place,
      ProcessName process,
      List<String> command,
      @Nullable InputStream in,
      @Nullable OutputStream out,
      @Nullable OutputStream err) {
    throw new UnsupportedOperationException(
        api.description() + observer + environment + workingDirectory + place + process + command);
  }

  /** Opens the first shell that exists: bash, else sh. */
  public int login(Place place, ProcessName process) {
    throw new UnsupportedOperationException(place + "" + process);
  }

  /** Copies a file or folder. */
  public void copy(Place place, FileLocation from, FileLocation to) {
    throw new UnsupportedOperationException(place + "" + from + to);
  }
}
