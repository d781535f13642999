exec 3>&2 2>/dev/null
symph_lines=$1 symph_told=
shift
symph_tell() {
  symph_told=1
  trap '' TERM
  if [ $$ = 1 ]; then kill -TERM -1; else kill -TERM 0; fi
  trap symph_tell TERM
}
trap symph_tell TERM INT QUIT HUP
{
  trap - INT QUIT
  exec "${BASH:-/bin/sh}" -e -c "trap 'exit 143' TERM; $symph_lines" sh "$@"
} <&0 2>&3 3>&- &
wait $!
symph_code=$?
while [ -n "$symph_told" ] && [ $symph_code -gt 128 ]; do
  symph_told=
  wait $!
  symph_again=$?
  [ $symph_again = 127 ] || symph_code=$symph_again
done
exit $symph_code
