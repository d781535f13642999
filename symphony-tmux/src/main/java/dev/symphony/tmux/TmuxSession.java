package dev.symphony.tmux;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.HostScript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The session of one experiment.
 *
 * <p>It is found again by a mark that the experiment's directory holds as well, not by its name: an
 * experiment of another state directory may have the same, and then gets {@code NAME+2}.
 */
final class TmuxSession {
  private final TmuxServer server;
  private final String experiment;
  private final Path directory;
  private final @Nullable TmuxMark mark;

  /**
   * @param server where it is
   * @param experiment the experiment's name
   * @param directory the experiment's own directory
   * @param mark what is kept there of the session; null before the first launch
   */
  TmuxSession(TmuxServer server, String experiment, Path directory, @Nullable TmuxMark mark) {
    this.server = server;
    this.experiment = experiment;
    this.directory = directory;
    this.mark = mark;
  }

  /**
   * Prepares the start of scripts of a new experiment, without leaving anything but files.
   *
   * @param place where windows begin that the user opens by hand
   * @param prepared where the experiment's directory is for now
   * @param probe what there is, or was a moment ago
   * @return starts them, as {@link #start} does
   */
  Runnable prepare(List<HostScript> scripts, Path place, Path prepared, TmuxProbe probe) {
    long serverPid = probe.serverPid();
    if (serverPid == 0 || probe.sessions().contains(experiment)) {
      return () -> start(scripts, place);
    }
    server.requireRoom(scripts.size(), serverPid);
    TmuxMark made = TmuxMark.write(prepared, server.socket());
    TmuxScript script = TmuxServer.script(experiment, owner(made.text()));
    for (HostScript one : scripts) {
      script.open("=" + experiment, window(one));
    }
    Path file = TmuxServer.write(script, prepared);
    Path later = directory.resolve(prepared.relativize(file));
    return () -> {
      if (!server.runNew(later, script.windows(), place)) {
        new TmuxSession(server, experiment, directory, made).start(scripts, place);
      }
    };
  }

  /**
   * Starts scripts, each in the window that it had before, or in a new one.
   *
   * @param place where windows begin that the user opens by hand
   */
  void start(List<HostScript> scripts, Path place) {
    TmuxMark mark = this.mark;
    List<TmuxPane> panes = List.of();
    if (mark == null) {
      mark = TmuxMark.write(directory, server.socket());
    } else {
      server.ensure();
      panes = panes(mark);
    }
    String session;
    long serverPid;
    if (panes.isEmpty()) {
      TmuxServer.Session made = make(mark, place);
      session = made.id();
      serverPid = made.serverPid();
    } else {
      session = panes.get(0).session();
      serverPid = panes.get(0).serverPid();
    }
    Map<String, String> known = new HashMap<>();
    for (TmuxPane pane : panes) {
      if (pane.tag() != null) {
        known.put(pane.tag(), pane.pane());
      }
    }
    TmuxScript script = new TmuxScript();
    for (HostScript one : scripts) {
      TmuxWindow window = window(one);
      String pane = known.get(window.tag());
      if (pane == null) {
        script.open(session, window);
      } else {
        script.again(pane, window);
      }
    }
    server.run(script, directory, serverPid);
  }

  private static TmuxWindow window(HostScript script) {
    List<String> command = new ArrayList<>();
    command.add("/bin/sh");
    command.add(script.script().toString());
    command.addAll(script.arguments());
    ProcessName process = script.name();
    String group = process.group();
    return new TmuxWindow(
        group == null ? process.name() : group + ":" + process.name(),
        process.toString(),
        command,
        script.log(),
        script.marker());
  }

  /** Makes the session under the first free name. */
  private TmuxServer.Session make(TmuxMark mark, Path place) {
    String owner = owner(mark.text());
    TmuxServer.Session made = server.newSession(experiment, owner, place);
    if (made == null) {
      // What an earlier launch from this directory left behind is ours to remove.
      List<TmuxPane> left = new ArrayList<>();
      for (TmuxPane pane : server.panes()) {
        String other = pane.owner();
        if (other != null && other.endsWith(owner(""))) {
          left.add(pane);
        }
      }
      sessions(left).forEach(server::killSession);
    }
    for (int number = 1; made == null && number < 100; number++) {
      made = server.newSession(number == 1 ? experiment : experiment + "+" + number, owner, place);
    }
    if (made == null) {
      throw new SymphonyException(
          "the tmux server on "
              + server.socket().path()
              + " has a hundred sessions named "
              + experiment
              + " that belong to others: choose another name");
    }
    return made;
  }

  /**
   * Looks for the session, also on a hidden server, while the server has nothing else to do: it is
   * busy for a while when hundreds of processes end.
   *
   * @return removes the session with all its windows
   */
  Runnable removal() {
    List<String> sessions = new ArrayList<>();
    try {
      if (mark != null) {
        List<TmuxPane> panes = panes(mark);
        if (panes.isEmpty() && ListeningProcess.find(server.socket().path()) > 0) {
          server.ensure();
          panes = panes(mark);
        }
        sessions.addAll(sessions(panes));
      }
    } catch (TmuxClient.SilentServerException e) {
      // Empty windows of a server that is stopped must not keep an experiment for ever. The next
      // launch of this name removes them.
      return () -> {};
    }
    return () -> sessions.forEach(server::beginKillSession);
  }

  private static Set<String> sessions(List<TmuxPane> panes) {
    Set<String> sessions = new LinkedHashSet<>();
    for (TmuxPane pane : panes) {
      sessions.add(pane.session());
    }
    return sessions;
  }

  /** The pane of a process. */
  TmuxPane pane(ProcessName process) {
    if (mark != null) {
      if (ListeningProcess.find(server.socket().path()) > 0) {
        server.ensure();
      }
      for (TmuxPane pane : panes(mark)) {
        if (process.toString().equals(pane.tag())) {
          return pane;
        }
      }
    }
    throw new NotFoundException(
        "process "
            + process
            + " of "
            + experiment
            + " has no window any more: logs and exec reach it without one, restart gives it a new"
            + " one");
  }

  private List<TmuxPane> panes(TmuxMark mark) {
    String owner = owner(mark.text());
    List<TmuxPane> own = new ArrayList<>();
    for (TmuxPane pane : server.panes()) {
      if (owner.equals(pane.owner())) {
        own.add(pane);
      }
    }
    return own;
  }

  private String owner(String text) {
    return text + " " + directory;
  }
}
