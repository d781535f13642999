package dev.symphony.engine.internal.run;

import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.HostScript;
import dev.symphony.spi.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts scripts that outlive this program, each in a session of its own.
 *
 * <p>One shell starts them all. {@code setsid -f} leaves signals and terminal alone; where it is
 * missing, {@code setsid} or a plain background job takes its place, which then ignores SIGINT and
 * SIGQUIT, and without any setsid stays in the session of this program. Where there is a perl, it
 * starts many: it needs no second program to begin a session, which saves a third of the time.
 */
public final class Detached {
  private static final String START =
      """
      trap : HUP INT QUIT TERM
      umask 077
      if setsid -f true 2>/dev/null; then
        s() {
          # A stop that came before may end setsid itself, which is marked already: once more.
          tries=0
          until setsid -f /bin/sh "$@" >>"$log" 2>&1 </dev/null; do
            [ $? -gt 128 ] && [ $((tries += 1)) -lt 20 ] || { failed="$failed $n"; break; }
          done
        }
      elif command -v setsid >/dev/null 2>&1; then
        s() { setsid /bin/sh "$@" >>"$log" 2>&1 </dev/null & }
      else
        s() { /bin/sh "$@" >>"$log" 2>&1 </dev/null & }
      fi
      failed=
      """;

  /** A session of its own, where there is setsid: what a terminal's Ctrl-C does not reach. */
  private static final String OUT_OF_REACH =
      "command -v setsid >/dev/null && exec setsid /bin/sh; exec /bin/sh";

  /** From so many on, perl's own start is worth it. */
  private static final int MANY = 32;

  /** Reads what {@link #records} writes; prints the numbers of those that it could not start. */
  private static final String PERL =
      """
      use POSIX ();
      $SIG{$_} = sub { } for qw(HUP INT QUIT TERM);
      POSIX::setsid();
      # A Java virtual machine blocks SIGQUIT; a shell would let it through again.
      POSIX::sigprocmask(POSIX::SIG_SETMASK(), POSIX::SigSet->new());
      umask 077;
      $/ = "\\0\\n";
      my $failed = "";
      while (my $record = <STDIN>) {
        chomp $record or last; # cut short: who wrote it was killed
        my ($number, $variable, $value, $log, @arguments) = split /\\0/, $record, -1;
        my $pid = open(my $out, ">>", $log) ? fork : undef;
        $failed .= " $number" unless defined $pid;
        next if !defined $pid || $pid;
        POSIX::setsid();
        $ENV{$variable} = $value if $variable ne "";
        open(STDIN, "<", "/dev/null");
        open(STDOUT, ">&", $out);
        open(STDERR, ">&", $out);
        exec { "/bin/sh" } "/bin/sh", @arguments;
        POSIX::_exit(127);
      }
      print "$failed\\n";
      """;

  private Detached() {}

  /**
   * Starts scripts.
   *
   * @param environment the launching program's environment, of which only PATH is used: scripts
   *     bring their own
   * @throws SymphonyException naming those that could not be started
   */
  public static void start(List<HostScript> scripts, Map<String, String> environment) {
    await(begin(scripts, environment), scripts);
  }

  private static Process begin(List<HostScript> scripts, Map<String, String> environment) {
    Path perl = scripts.size() < MANY ? null : Programs.find("perl", environment);
    try {
      return perl == null
          ? run(environment, text(scripts), "/bin/sh", "-c", OUT_OF_REACH)
          : run(environment, records(scripts), perl.toString(), "-e", PERL);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static SymphonyException failure(IOException e) {
    return new SymphonyException("cannot run /bin/sh: " + Programs.reason(e), e);
  }

  private static void await(Process starter, List<HostScript> scripts) {
    try {
      String failed = answer(starter);
      if (!failed.isEmpty()) {
        throw new SymphonyException(
            "could not start process "
                + names(scripts, failed)
                + ": the machine refused another process (see 'ulimit -u') or its log");
      }
    } catch (IOException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted while launching", e);
    }
  }

  /** Number, variable, its value, log and arguments of each, a NUL between, NUL and LF behind. */
  private static String records(List<HostScript> scripts) {
    StringBuilder text = new StringBuilder(scripts.size() * 160);
    for (HostScript script : scripts) {
      int equals = Math.max(0, script.marker().indexOf('='));
      text.append(script.index()).append('\0');
      text.append(script.marker(), 0, equals).append('\0');
      text.append(equals == 0 ? "" : script.marker().substring(equals + 1)).append('\0');
      text.append(script.log()).append('\0').append(script.script());
      for (String argument : script.arguments()) {
        text.append('\0').append(argument);
      }
      text.append("\0\n");
    }
    return text.toString();
  }

  private static String text(List<HostScript> scripts) {
    StringBuilder text = new StringBuilder(START.length() + scripts.size() * 160);
    text.append(START);
    for (HostScript script : scripts) {
      // In braces, so that one that is cut short, as its writer was killed, is not run.
      text.append("{ n=").append(script.index());
      text.append(" log=").append(Scripts.quote(script.log().toString()));
      int equals = script.marker().indexOf('=');
      if (equals > 0) {
        text.append("\nexport ").append(script.marker(), 0, equals + 1);
        text.append(Scripts.quote(script.marker().substring(equals + 1)));
      }
      text.append("\ns ").append(Scripts.quote(script.script().toString()));
      for (String argument : script.arguments()) {
        text.append(' ').append(Scripts.quote(argument));
      }
      text.append("\n}\n");
    }
    text.append("echo \"$failed\"\n");
    return text.toString();
  }

  /** Starts one script whose output nobody wants. */
  static void start(Path script, Map<String, String> environment) {
    start(
        List.of(
            new HostScript(
                0,
                new dev.symphony.engine.ProcessName(null, String.valueOf(script.getFileName())),
                script,
                List.of(),
                Path.of("/dev/null"),
                "")),
        environment);
  }

  private static Process run(Map<String, String> environment, String input, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("PATH", Programs.path(environment));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process started;
    try {
      started = builder.start();
    } catch (OutOfMemoryError full) {
      throw new IOException("the machine refused another thread (see 'ulimit -u')", full);
    }
    try (OutputStream in = started.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    return started;
  }

  private static String answer(Process starter) throws IOException, InterruptedException {
    byte[] answer = starter.getInputStream().readAllBytes();
    int code = starter.waitFor();
    if (code != 0) {
      throw new SymphonyException(
          "what starts processes ended with exit code " + code + " while launching");
    }
    return new String(answer, StandardCharsets.UTF_8).trim();
  }

  private static String names(List<HostScript> scripts, String failed) {
    List<String> names = new ArrayList<>();
    for (String number : failed.split(" +")) {
      for (HostScript script : scripts) {
        if (Integer.toString(script.index()).equals(number)) {
          names.add(script.name().toString());
        }
      }
    }
    return String.join(", ", names);
  }
}
