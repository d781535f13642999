#!/bin/sh
# A Java program in one file: this script, and behind it the jar that it starts, which `java -jar`
# takes too. So that Java starts in half the time, a class-data archive of the program is kept below
# $XDG_CACHE_HOME/symphony. Where none fits this jar and this Java, the program runs without, and one
# is made once it has ended.

fail() {
  echo "${0##*/}: $1" >&2
  exit 1
}

# ---- the jar and Java

jar=$0
[ ! -L "$jar" ] || jar=$(readlink -f "$jar")
case $jar in
  /*) ;;
  *) jar=$PWD/${jar#./} ;;
esac

if [ -n "$JAVA_HOME" ]; then
  java=$JAVA_HOME/bin/java
  [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, which has no bin/java: name a Java 17 or newer, or unset it"
else
  java=$(command -v java) || fail "there is no java on the PATH: install Java 17 or newer, or set JAVA_HOME"
fi

home=$java
[ ! -L "$home" ] || home=$(readlink -f "$home")
home=${home%/bin/java}
release=
version=
if [ -r "$home/release" ]; then
  while IFS= read -r line; do
    release="$release $line"
    case $line in
      JAVA_VERSION=*) version=${line#*=} ;;
    esac
  done <"$home/release"
else
  release=$("$java" -version 2>&1)
  version=${release#*version }
  version=${version%% *}
fi
version=${version#\"}
version=${version%\"}
major=${version#1.}
major=${major%%[!0-9]*}
[ "${major:-17}" -ge 17 ] || fail "Java 17 or newer is needed, and $java is $version: set JAVA_HOME to a newer one"

# ---- its options

# With options of the user's own, theirs are all: of two that exclude each other Java takes neither.
# Other virtual machines than HotSpot have options of their own.
plain=$JDK_JAVA_OPTIONS$JAVA_TOOL_OPTIONS$_JAVA_OPTIONS
case $release in
  *OpenJ9*) plain=1 ;;
esac
# These commands end before the second compiler pays: without it Java starts a fifth faster. Others,
# which may carry many megabytes or are the program's own, have it, if later than usual.
compilers="-XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000
  -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000"
value=
for word; do
  if [ -n "$value" ]; then
    value=
    continue
  fi
  case $word in
    --cluster | --namespace) value=1 ;;
    -h | --help | --version | __complete | completion | list-experiments | ls | lse | \
      list-processes | process | p | lsp | describe | env | wait | w | switch-experiment | se | e | \
      stop | start | restart | delete | d | delete-batch | db)
      compilers=-XX:TieredStopAtLevel=1
      break
      ;;
    -*) ;;
    *) break ;;
  esac
done

set -- -Dsymphony.program="$0" -jar "$jar" "$@"
[ -z "$plain" ] || exec "$java" "$@"

# Java 17 takes the objects of its own archive with this collector alone.
collector=-XX:+UseSerialGC
[ "${major:-17}" -ge 21 ] || collector=-XX:+UseG1GC
options="-XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions $collector
  -XX:ArchiveRelocationMode=0 -XX:-UsePerfData -Xlog:disable -Xlog:all=off $compilers"

# ---- the archive

facts() { # FILE...: when each was changed, and its size, a line each
  facts=$(TZ=UTC0 stat -L -c '%y %s' "$@" 2>/dev/null)
  [ -n "$facts" ] || facts=$(stat -L -f '%Fm %z' "$@" 2>/dev/null)
}

make_archive() {
  trap '' HUP INT QUIT
  umask 077
  # The directory is the lock, and what is made is made in it.
  work=$archive.new
  mkdir -p "$cache" || return
  [ -z "$(find "$work" -prune -mmin +10)" ] || rm -rf "$work"
  mkdir "$work" && cd "$work" || return
  trap 'rm -rf "$work"' EXIT
  trap 'exit 1' TERM
  waited=0
  while [ "$waited" -lt 10 ] && kill -0 "$$"; do
    sleep 1
    waited=$((waited + 1))
  done
  limit=
  [ -z "$(command -v timeout)" ] || limit="timeout 120"
  mkdir play
  echo 'cluster: local' >.symphony.yml # many have one, and it takes a parser
  # shellcheck disable=SC2086 # words
  $limit nice "$java" $options "-XX:ArchiveClassesAtExit=$work/archive" -jar "$jar" __rehearse "$work/play"
  # Java trusts what it finds: it is tried with all checks, and on the disk before it has its name.
  # An empty one says that none can be made, and that it need not be tried again today.
  # shellcheck disable=SC2086 # words
  $limit nice "$java" $options -Xshare:on "-XX:SharedArchiveFile=$work/archive" \
    -XX:+VerifySharedSpaces -jar "$jar" --help || : >archive
  sync archive || sync
  facts archive
  printf '%s\n%s\n' "$known $facts" "$jar" >key
  mv -f archive "$archive"
  mv -f key "$archive.key"
  # Those of programs that are gone.
  for key in "$cache"/*.key; do
    { read -r _ && IFS= read -r program; } <"$key"
    [ -e "$program" ] || rm -f "$key" "${key%.key}"
  done
}

cache=${XDG_CACHE_HOME:-$HOME/.cache}/symphony
case $cache in
  /symphony | /.cache/symphony | *:* | [!/]*) cache= ;;
esac
if [ -n "$cache" ]; then
  id=$(printf '%s\n' "$jar" "$home" | cksum)
  archive=$cache/${jar##*/}.${id% *}
  key=
  { IFS= read -r key <"$archive.key"; } 2>/dev/null
  facts "$jar" "$archive"
  known="$release ${facts%%
*}"
  wanted=1
  if [ "$key" = "$known ${facts##*
}" ]; then
    if [ -s "$archive" ]; then
      set -- "-XX:SharedArchiveFile=$archive" "$@"
      wanted=
    else
      wanted=$(find "$archive" -mtime +0)
    fi
  fi
  if [ -n "$wanted" ]; then
    (make_archive </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &)
  fi
fi
# shellcheck disable=SC2086 # words
exec "$java" $options "$@"
