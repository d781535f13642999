package dev.symphony.engine.internal.log;

import dev.symphony.engine.internal.host.ProcessTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The small program that notes once a second how long the logs of an experiment are.
 *
 * <p>Output goes straight from a process to its log, so nobody sees when a line comes. The sampler
 * is one POSIX shell an experiment; whoever launches or starts processes writes {@link #script()}
 * to {@link #SCRIPT} in the experiment's directory and starts {@code /bin/sh DIRECTORY/sampler.sh}
 * detached, each time: a second one ends at once. It ends by itself a few seconds after the last
 * process, or when {@link #STOP} exists or its script is gone.
 *
 * <p>What it writes to {@link #SAMPLES}, a line each:
 *
 * <ul>
 *   <li>{@code UPTIME EPOCH N=SIZE N=SIZE…}: at this uptime (in hundredths of a second) the logs of
 *       these processes had these sizes in bytes; only what changed since the line before. Where
 *       there is no {@code /proc}, the uptime is the epoch.
 *   <li>{@code ! BOOT UPTIME}: the next line holds all sizes; nothing is known of the time since
 *       this uptime ({@code -}: since the line before). Text before the {@code !} is a line that a
 *       full disk tore. BOOT is the boot id, {@code -} where there is none.
 *   <li>{@code = UPTIME}: everything had ended by this uptime.
 * </ul>
 *
 * <p>At 16 MiB the file becomes {@code samples.old} in place of the one before. {@code
 * samples.coarse} has at most one line a minute and is kept. With 500 logs that all grow the
 * precise times reach back an hour and a half, with ten two days.
 */
public final class LogSampler {
  /** The name of the script in the experiment's directory. */
  public static final String SCRIPT = "sampler.sh";

  /** The name of the file that it writes. */
  public static final String SAMPLES = "samples";

  /** The name of the file with its pid and start time ({@code PID STARTTICKS}) while it runs. */
  public static final String HOLDER = "sampler";

  /** The name of the file that ends it within about a second. */
  public static final String STOP = "sampler.stop";

  private static final int LIMIT = 16 << 20;

  private LogSampler() {}

  /** A running sampler; {@code startTime} is in clock ticks since boot, 0 where not known. */
  public record Holder(int pid, long startTime) {}

  /** The text of the script, the same for every experiment. */
  public static String script() {
    return script(LIMIT);
  }

  /** The script with another size at which the samples begin anew. */
  static String script(int limit) {
    return TEXT.replace("@LIMIT@", Integer.toString(limit));
  }

  /** The sampler that runs for an experiment; null when there is none. */
  public static @Nullable Holder holder(Path experiment, ProcessTable table) {
    String text;
    try {
      byte[] bytes = Files.readAllBytes(experiment.resolve(HOLDER));
      text = new String(bytes, StandardCharsets.ISO_8859_1).strip();
    } catch (IOException none) {
      return null;
    }
    int space = text.indexOf(' ');
    if (space < 0) {
      return null;
    }
    try {
      int pid = Integer.parseInt(text.substring(0, space));
      long started = Long.parseLong(text.substring(space + 1));
      boolean runs = started == 0 ? table.startTime(pid) >= 0 : table.alive(pid, started);
      return runs ? new Holder(pid, started) : null;
    } catch (NumberFormatException torn) {
      return null;
    }
  }

  private static final String TEXT =
      """
      #!/bin/sh
      # Writes down once a second how long the logs of an experiment are, so that it can be told later
      # when a line came. Ends by itself when nothing of the experiment runs any more.
      trap '' HUP INT QUIT
      umask 077
      exec </dev/null >/dev/null 2>&1
      # The columns and units of ls are those of POSIX, whatever the user likes to see.
      unset IFS CDPATH TIME_STYLE QUOTING_STYLE LS_BLOCK_SIZE BLOCK_SIZE BLOCKSIZE
      LC_ALL=C TZ=UTC0 PATH=$PATH:/usr/bin:/bin
      export LC_ALL TZ PATH
      me=${0##*/}
      cd -- "${0%/*}" || exit 1
      newline='
      '
      limit=@LIMIT@

      # Reads the hundredths of a second since boot into $up, without a fork where there is /proc.
      clock() {
        if read -r up rest </proc/uptime; then
          up=$((${up%.*} * 100 + 1${up#*.} - 100))
        else
          up=$(date +%s)00
        fi
      }

      # Whether process $1 runs that started at $2 (or at any time); leaves its start in $ticks.
      alive() {
        case $1 in '' | 0 | *[!0-9]*) return 1 ;; esac
        ticks=0
        if [ ! -r /proc/self/stat ]; then
          kill -0 "$1"
          return
        fi
        want=$2 stat=
        # The name in it may hold anything, line breaks too.
        while IFS= read -r part || [ -n "$part" ]; do stat="$stat $part"; done <"/proc/$1/stat"
        set -- ${stat##*)}
        case ${1:-Z} in Z | X | x) return 1 ;; esac
        ticks=${20}
        [ "$want" = any ] || [ "$ticks" -le "$want" ]
      }

      # Makes this the one sampler; fails while another one runs.
      claim() {
        for try in 1 2 3; do
          holder= started=
          read -r holder started <sampler
          [ "$holder" = $$ ] && return 0
          alive "$holder" "$started" && return 1
          [ -f sampler ] && rm -f sampler
          set -C
          printf '%s\\n' "$$ $own" >sampler
          set +C
        done
        return 0 # no room on the disk: two samplers at worst, which does no harm
      }

      # Whether anything of the experiment runs, or was made ready to within the last minute.
      running() {
        ready=0
        for script in $found p/[0-9]*.sh; do
          number=${script#p/}
          case ${number%.sh} in *[!0-9]*) continue ;; esac
          state=P
          read -r state attempt wrapper wstart command cstart rest <"$script"
          case $state in
          '#E') ;;
          '#R' | '#B')
            if alive "$wrapper" "$wstart" || alive "$command" "$cstart"; then
              found=$script waiting=0
              return 0
            fi
            ;;
          *) ready=$((ready + 1)) ;;
          esac
        done
        [ $ready -gt $waiting ] && since=$up
        waiting=$ready
        [ $ready -gt 0 ] && [ $((up - since)) -lt 6000 ]
      }

      # The sizes that differ from those in the variables $1…, or all of them if $2 is 1, to $line.
      differing() {
        line=
        IFS=$newline
        for entry in $list; do
          unset IFS
          name=${entry##* p/}
          name=${name%.log}
          set -- "$1" "$2" $entry
          case $name$7 in *[!0-9]*) continue ;; esac
          eval "old=\\${$1$name-0}"
          [ "$2" = 1 ] && old=0
          [ "$7" = "$old" ] && continue
          eval "$1$name=$7"
          line="$line $name=$7"
        done
        unset IFS
      }

      # Appends $line to file $1; if $2 is 1, after a mark that nothing is known since uptime $3.
      append() {
        if [ $stale -le 0 ]; then
          offset=$(($(date +%s) * 100 + 50 - up)) stale=30
        fi
        text="$up $(((offset + up) / 100))$line"
        [ "$2" = 1 ] && text="! $boot $3$newline$text"
        printf '%s\\n' "$text" >>"$1"
      }

      sample() {
        list=$(exec ls -ln p/[0-9]*.log)
        clock
        # Nothing was looked at for a while: the machine slept, or this program was stopped.
        [ $((up - looked)) -gt 500 ] && fresh=1
        looked=$up stale=$((stale - 1)) minute=$((minute - 1))
        if [ "$list" != "$last" ]; then
          differing s $fresh
          if [ -z "$line" ]; then
            last=$list
          elif append samples $fresh $known; then
            last=$list fresh=0 dirty=1 written=$((written + ${#text} + 1))
          else
            last= fresh=1 # the disk is full: everything again when it is not
          fi
        fi
        [ "$list" != "$last" ] || known=$up
        if [ $written -gt $limit ]; then
          mv -f samples samples.old && written=0 fresh=1
        fi
        # Once a minute to a file that is kept when the finer ones are too long.
        if [ $minute -le 0 ] && [ $dirty = 1 ]; then
          differing m $rough
          if [ -z "$line" ] || append samples.coarse $rough -; then
            rough=0 dirty=0
          else
            rough=1
          fi
          minute=60
        fi
      }

      boot=- own=0 found= waiting=0 since=0 turn=0 ends=0 last= list=
      stale=0 minute=0 fresh=1 rough=1 dirty=0 known=- written=0
      read -r boot </proc/sys/kernel/random/boot_id
      alive $$ any && own=$ticks
      clock
      looked=$up
      if [ -f samples ]; then
        set -- $(exec ls -ln samples)
        written=$5
      fi
      while claim; do
        while [ -f "$me" ] && [ ! -f sampler.stop ]; do
          sample
          turn=$((turn + 1))
          if [ $turn -ge 5 ]; then
            turn=0
            claim || exit 0
            if running; then
              ends=0
            else
              # Looked at twice: a record is written over in place.
              turn=4 ends=$((ends + 1))
              [ $ends -ge 2 ] && break
            fi
          fi
          sleep 1
        done
        [ -f "$me" ] || exit 0
        sample
        [ $fresh = 1 ] || printf '= %s\\n' "$up" >>samples
        rm -f sampler
        # Something may have been started again just now, seen a sampler, and relied on it.
        if [ -f sampler.stop ] || ! running; then exit 0; fi
        turn=0 ends=0
      done
      """;
}
