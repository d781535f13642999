package dev.symphony.engine.internal.run;

import java.nio.charset.StandardCharsets;

/**
 * The script that every process of an experiment shares, {@code wrapper.sh}. It stands here and not
 * in a resource, which takes a cold virtual machine 5 ms to open.
 */
final class Wrapper {
  private static final String TEXT =
      """
      # Runs one process, again and again if its policy says so, and keeps the record of it.
      # Sourced by the script of a process, which sets:
      #   symph_d       the beginning of its files     symph_policy  never, on-failure or always
      #   symph_ok      " 0 143 ", the success codes   symph_max     how many restarts at most, or -1
      #   symph_tty     1 when the log is what a terminal shows
      #   symph_work    the function that becomes the command
      # Arguments: how many attempts there were, the boot's token, the milliseconds at boot since 1970.
      # The record is the first line of the script, a comment of 160 bytes that was there before the
      # process started, so that a full disk cannot keep its end from being written.
      trap : HUP INT QUIT TERM
      symph_attempt=$1 symph_boot=$2 symph_e0=$3
      symph_all=${symph_d%/p/*} symph_restarts=0 symph_delay=1
      symph_rc=- symph_end=- symph_result=-

      if [ -r /proc/self/stat ] && [ -r /proc/uptime ]; then
        symph_now() {
          read -r symph_u symph_x </proc/uptime
          symph_u=${symph_u%.*}${symph_u#*.}
        }
        # The name of this directory is the pid, also in a subshell; reading stat takes 300 system calls.
        symph_self() {
          symph_x=$PWD
          cd -P /proc/self && symph_cpid=${PWD##*/}
          cd -- "$symph_x"
          symph_now
          symph_cby=$symph_u
        }
      else
        symph_now() {
          symph_u=$(($(command -p date +%s) * 100 - symph_e0 / 10))
        }
        symph_self() {
          symph_cpid=$(exec sh -c 'echo $PPID')
          symph_cby=$(command -p date +%s)
        }
      fi
      symph_write() {
        printf '#%-158.158s\\n' "$1 $symph_attempt $symph_wpid $symph_wby $symph_cpid $symph_cby $symph_up $symph_restarts $symph_rc $symph_end $symph_result $symph_boot $symph_e0 $1$symph_attempt" 1<>"$symph_d.sh"
      } 2>/dev/null
      # An experiment whose directory has gone was deleted: nothing of it may start any more.
      symph_stopping() {
        ! [ -e "$symph_d.go" ]
      }

      # No command runs before all of a launch have been handed over. It is the command's own process that
      # waits, so that a machine which has no room for it refuses the launch. What is opened first is not
      # waited for, since it both reads and writes; then only others that write keep the end from coming.
      # By then the gate's name may have gone, as whoever launches takes it away when all can pass.
      symph_gate() {
        if [ -r /proc/self/stat ]; then
          exec 4<>"$symph_all/gate" 5</proc/self/fd/4 4>&-
        else
          exec 4<>"$symph_all/gate" 5<"$symph_all/gate" 4>&-
        fi
        read -r symph_x <&5
        exec 5<&-
      }

      # What is printed last must be in the log before the record says that all has ended. The terminal
      # answers a question once it has shown all that came before it; the log holds the question once it
      # holds all that. What is being deleted needs no log.
      symph_drain() {
        read -r symph_x symph_n <"$symph_all/phase" && [ "$symph_x" != DELETING ] || return 0
        command -p stty raw -echo min 0 time 100 || return 0
        printf '\\033[6n'
        symph_x=$(command -p dd bs=16 count=1)
        [ -n "$symph_x" ] || return 0 # the terminal has gone, and the log with it
        symph_x=$(printf '\\033[6n')
        symph_n=0
        until [ $symph_n = 300 ] || [ "$(command -p tail -c 4 "$symph_d.log")" = "$symph_x" ]; do
          command -p sleep 0.01 || break
          symph_n=$((symph_n + 1))
        done
      } 2>/dev/null

      # Shells say "Terminated" of a command that a signal has ended: that does not belong into its log.
      exec 3>&2 2>/dev/null
      umask 077
      symph_wpid=$$ symph_cpid=0 symph_cby=0
      symph_now
      symph_up=$symph_u
      symph_wby=$symph_u
      [ -r /proc/uptime ] || symph_wby=$(command -p date +%s)
      while :; do
        if symph_stopping; then
          symph_result=s
          [ "$symph_end" != - ] || { symph_now && symph_end=$symph_u; }
          symph_write E
          break
        fi
        symph_attempt=$((symph_attempt + 1))
        symph_offset=0
        [ "$symph_attempt" = 1 ] || symph_offset=$(command -p wc -c <"$symph_d.log" 2>/dev/null)
        symph_now
        symph_up=$symph_u
        # Most have one attempt, of which the record tells: only a second one is worth a file.
        symph_begun="$symph_attempt $symph_offset $symph_up $(((symph_e0 / 10 + symph_up) / 100))"
        if [ "$symph_attempt" = 1 ]; then
          symph_first=$symph_begun
        else
          printf '%s\\n' ${symph_first:+"$symph_first"} "$symph_begun" >>"$symph_d.attempts" && symph_first=
        fi
        (
          ! [ -p "$symph_all/gate" ] || symph_gate
          exec 2>&3 3>&-
          symph_self
          symph_write R
          # Whoever stops writes first and looks at the record then: one of the two sees the other.
          symph_stopping && exit 143
          symph_work
        )
        symph_rc=$?
        symph_now
        symph_end=$symph_u
        [ "$symph_tty" != 1 ] || symph_drain
        case $symph_ok in
          *" $symph_rc "*) symph_result=o ;;
          *) symph_result=f ;;
        esac
        if symph_stopping; then
          symph_result=s
          symph_write E
          break
        fi
        case $symph_policy$symph_result in
          never? | on-failureo) symph_again=0 ;;
          *) symph_again=1 ;;
        esac
        if [ "$symph_max" -ge 0 ] && [ "$symph_restarts" -ge "$symph_max" ]; then
          symph_again=0
        fi
        if [ $symph_again = 0 ]; then
          symph_write E
          break
        fi
        [ $((symph_end - symph_up)) -lt 60000 ] || symph_delay=1
        symph_restarts=$((symph_restarts + 1))
        symph_write B
        [ "$symph_tty" != 1 ] || command -p stty sane 2>/dev/null
        command -p sleep $symph_delay
        symph_delay=$((symph_delay * 2))
        [ $symph_delay -le 60 ] || symph_delay=60
      done
      """;

  private Wrapper() {}

  static byte[] script() {
    return TEXT.getBytes(StandardCharsets.UTF_8);
  }
}
