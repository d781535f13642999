package dev.symphony.tmux;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.UsageException;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.HostCluster;
import dev.symphony.spi.HostScript;
import dev.symphony.spi.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Runs experiments in a tmux server of its own: a session for each experiment, a window for each
 * process.
 *
 * <pre>{@code
 * TmuxCluster cluster = TmuxCluster.builder().build();
 * TmuxExperimentSpec experiment = cluster.newExperiment("hello");
 * experiment.newProcess("greeter").shell("echo hello", "sleep 60");
 * cluster.launch(experiment);
 * }</pre>
 *
 * <p>The user may look at it with {@code tmux -L __symphony__ attach -t hello}. How a process is,
 * is told by its own record, never by tmux: what goes on after its window was closed is RUNNING
 * with the reason {@code WindowGone}.
 */
public final class TmuxCluster extends HostCluster {
  /** The backend's name. */
  public static final String BACKEND = "tmux";

  private final Builder settings;
  private final String identity;

  /** What the last plan found, for the launch after it, which looks again where there is none. */
  private volatile @Nullable TmuxProbe probe;

  private TmuxCluster(ClusterContext context, Builder settings) {
    super(context, settings.identity(context), true);
    this.settings = settings;
    this.identity = settings.identity(context);
  }

  /** A cluster of this program's surroundings with the usual server. */
  public static TmuxCluster create() {
    return builder().build();
  }

  /** The settings of a cluster. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String backend() {
    return BACKEND;
  }

  @Override
  protected String identity() {
    return identity;
  }

  /** The socket that its tmux server listens on. */
  public Path socket() {
    return settings.socket(context()).path();
  }

  @Override
  public TmuxExperimentSpec newExperiment(String name) {
    TmuxExperimentSpec experiment = new TmuxExperimentSpec(prefixUsername(name));
    if (settings.startDir != null) {
      experiment.startDir(settings.startDir);
    }
    return experiment.preamble(settings.preambleCmds);
  }

  @Override
  public LaunchPlan plan(ExperimentSpec experiment) {
    FutureTask<TmuxProbe> look = TmuxProbe.begin(client(null), settings.timeout);
    LaunchPlan plan = super.plan(experiment);
    TmuxProbe found = TmuxProbe.found(look);
    found.version().require();
    probe = found;
    return plan;
  }

  @Override
  protected Runnable prepareScripts(
      String experiment, Path prepared, Path directory, List<HostScript> scripts) {
    TmuxClient client = client(null);
    TmuxProbe known = probe;
    probe = null;
    return new TmuxSession(new TmuxServer(client, settings.timeout), experiment, directory, null)
        .prepare(
            scripts,
            place(),
            prepared,
            known == null ? TmuxProbe.look(client, settings.timeout) : known);
  }

  @Override
  protected void startScripts(String experiment, Path directory, List<HostScript> scripts) {
    session(experiment, directory).start(scripts, place());
  }

  /** Where windows begin that the user opens by hand. */
  private Path place() {
    Path place = context().workingDirectory();
    return Files.isDirectory(place) ? place : Path.of("/");
  }

  @Override
  protected Runnable removalOfRest(String experiment, Path directory) {
    if (Programs.find("tmux", context().environment()) == null) {
      return super.removalOfRest(experiment, directory); // Without tmux there is no session.
    }
    return session(experiment, directory).removal();
  }

  /** Shows the window of a process on this terminal. */
  @Override
  protected int shellInto(String experiment, ProcessName process) {
    Path directory = directory(experiment);
    TmuxPane pane = session(experiment, directory).pane(process);
    return new TmuxTerminal(client(TmuxMark.read(directory)), context().environment()).show(pane);
  }

  /** Ends the server with all that it shows; processes go on that ignore the loss of a terminal. */
  void endServer() {
    new TmuxServer(client(null), settings.timeout).end();
  }

  private TmuxSession session(String experiment, Path directory) {
    TmuxMark mark = TmuxMark.read(directory);
    return new TmuxSession(
        new TmuxServer(client(mark), settings.timeout), experiment, directory, mark);
  }

  /** A client of the server that an experiment was launched on, else of this cluster's. */
  private TmuxClient client(@Nullable TmuxMark mark) {
    return new TmuxClient(
        TmuxVersion.program(context().environment()),
        mark == null ? settings.socket(context()) : mark.socket(),
        context().environment());
  }

  /** The settings of a cluster, each with a default. */
  public static final class Builder {
    private String serverName = TmuxServer.USUAL_NAME;
    private @Nullable Path socket;
    private @Nullable String startDir;
    private List<String> preambleCmds = List.of();
    private Duration timeout = Duration.ofSeconds(10);

    private Builder() {}

    /** Names the server, as in {@code tmux -L NAME}; {@code __symphony__} by default. */
    public Builder serverName(String name) {
      serverName = name;
      return this;
    }

    /**
     * Places the server's socket instead of naming the server.
     *
     * @param path at most 107 bytes, in a folder that exists or can be made in one that does
     */
    public Builder socket(Path path) {
      socket = path;
      return this;
    }

    /** The directory of processes that name none; by default the launching program's. */
    public Builder startDir(String directory) {
      startDir = directory;
      return this;
    }

    /** Shell lines that every new experiment begins its preamble with; none by default. */
    public Builder preambleCmds(List<String> lines) {
      preambleCmds = List.copyOf(lines);
      return this;
    }

    /** How long an answer of the tmux server may take; 10 s by default. */
    public Builder timeout(Duration limit) {
      if (limit.isNegative() || limit.isZero()) {
        throw new UsageException("the timeout of the tmux server must be positive: " + limit);
      }
      timeout = limit;
      return this;
    }

    /** A cluster of this program's surroundings. */
    public TmuxCluster build() {
      return build(ClusterContext.system());
    }

    /** A cluster of given surroundings. */
    public TmuxCluster build(ClusterContext context) {
      Builder copy = new Builder();
      copy.serverName = serverName;
      copy.socket = socket;
      copy.startDir = startDir;
      copy.preambleCmds = new ArrayList<>(preambleCmds);
      copy.timeout = timeout;
      return new TmuxCluster(context, copy);
    }

    private TmuxSocket socket(ClusterContext context) {
      Path path = socket;
      return path == null
          ? TmuxSocket.named(serverName, context.environment())
          : new TmuxSocket(context.workingDirectory().resolve(path).normalize());
    }

    /** Experiments of another server are others: each server has a folder of its own. */
    private String identity(ClusterContext context) {
      if (socket != null) {
        byte[] path = socket(context).path().toString().getBytes(StandardCharsets.UTF_8);
        return "tmux-at-" + UUID.nameUUIDFromBytes(path);
      }
      return serverName.equals(TmuxServer.USUAL_NAME)
          ? "tmux"
          : "tmux-" + TmuxQuoting.encode(serverName);
    }
  }
}
