# Runs shell lines as process 1 of a container, where a shell alone would swallow SIGTERM: the kernel
# ends no process 1 by it, and a shell that waits for a program passes nothing on.
# Arguments: the lines, then what they see as arguments. Lines like this one are left out of pods.

# What this shell itself says of jobs does not belong into the log.
exec 3>&2 2>/dev/null
symph_lines=$1 symph_told=
shift
symph_tell() {
  symph_told=1
  trap '' TERM
  # Where the pod shares its process namespace, process 1 is another's.
  if [ $$ = 1 ]; then kill -TERM -1; else kill -TERM 0; fi
  trap symph_tell TERM
}
# Whatever signal the image names for its end: the lines' shell ignores some of them.
trap symph_tell TERM INT QUIT HUP
{
  # Bash alone can undo what & ignores.
  trap - INT QUIT
  # The trap makes the lines' shell wait for its program, which was told too, and go no further.
  exec "${BASH:-/bin/sh}" -e -c "trap 'exit 143' TERM; $symph_lines" sh "$@"
} <&0 2>&3 3>&- &
wait $!
symph_code=$?
# A signal ends the waiting, with a code above 128, before the lines have ended.
while [ -n "$symph_told" ] && [ $symph_code -gt 128 ]; do
  symph_told=
  wait $!
  symph_again=$?
  [ $symph_again = 127 ] || symph_code=$symph_again
done
exit $symph_code
