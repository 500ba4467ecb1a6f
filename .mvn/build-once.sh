# Sourced by ./parley: builds the server when there is none or a source is newer, behind one progress line.

parley_out_of_date() { # succeeds when there is no build, or a source, pom or resource is newer than it
  [ -r "$parley_jar" ] || return 0
  [ -n "$(cd "$PARLEY_ROOT" && find . \( -name target -o -name node_modules -o -name '.?*' \) -prune -o \
      \( -name pom.xml -o -path '*/src/main/*' -o -path './clients/web/src/*' -o -path './clients/web/effects/src/*' \) -newer "$parley_jar" -print 2>/dev/null | head -n 1)" ]
}

parley_build_when_needed() { # $1: the command; only `up` replaces a build that works
  [ -z "${PARLEY_NO_BUILD-}" ] || { parley_require_build; return; }
  if [ ! -r "$parley_jar" ] || { [ "$1" = up ] && parley_out_of_date; }; then
    parley_lock_build || return 1
    trap 'rm -rf "$parley_build_lock"' EXIT
    trap 'exit 130' INT TERM
    if parley_out_of_date; then parley_build || return 1; fi
    rm -rf "$parley_build_lock"
    trap - EXIT INT TERM
  fi
}

parley_require_build() {
  [ -r "$parley_jar" ] && return 0
  echo "parley: nothing is built yet and PARLEY_NO_BUILD is set." >&2
  echo "  Unset it, or run: ./mvnw package -DskipTests" >&2
  return 1
}

# One build at a time: a directory is made by exactly one of two that try; it names the builder, so that a
# lock whose builder died is taken over.
parley_lock_build() {
  parley_build_lock=$parley_target/building
  mkdir -p "$parley_target" || return 1
  until mkdir "$parley_build_lock" 2>/dev/null; do
    parley_builder=$(cat "$parley_build_lock/pid" 2>/dev/null || echo)
    if [ -n "$parley_builder" ] && ! kill -0 "$parley_builder" 2>/dev/null; then
      rm -rf "$parley_build_lock"
    fi
    sleep 1
  done
  echo $$ >"$parley_build_lock/pid"
}

parley_build() {
  parley_next=$parley_target/parley-next
  rm -rf "$parley_next"
  : >"$parley_build_lock/started"
  {
    (cd "$PARLEY_ROOT" && ./mvnw -B -pl clients/web,server -am package -Dmaven.test.skip=true -Dspotless.check.skip=true \
        -Denforcer.skip=true -Dsdk.build=build-if-possible -Dparley.assembly="$parley_next" </dev/null 2>&1) && echo PARLEY-BUILD-DONE
  } | parley_show_progress
  [ -r "$parley_next/lib/parley-server.jar" ] && [ "$(tail -n 1 "$parley_log")" = PARLEY-BUILD-DONE ] || {
    parley_say_failure
    return 1
  }
  # The build is as old as its start: a source saved while it ran is newer.
  touch -r "$parley_build_lock/started" "$parley_next/lib/parley-server.jar"
  parley_swap_in "$parley_next"
  parley_progress "preparing fast starts"
  parley_train
  parley_end_progress "Built Parley"
}

# A server that runs from the old build keeps its open files; overwriting them would break it.
parley_swap_in() {
  rm -rf "$parley_target/parley-old"
  [ ! -e "$parley_target/parley" ] || mv "$parley_target/parley" "$parley_target/parley-old"
  mv "$1" "$parley_target/parley"
  rm -rf "$parley_target/parley-old"
}

parley_show_progress() { # reads the build's output, keeps all of it in the log, shows a line of it
  : >"$parley_log"
  parley_fetched=0
  parley_module=
  parley_begin_progress
  while IFS= read -r parley_line; do
    printf '%s\n' "$parley_line" >>"$parley_log"
    case $parley_line in
      *"Downloaded from "*)
        parley_fetched=$((parley_fetched + 1))
        [ ! -t 2 ] || parley_progress "${parley_module:-getting ready}, $parley_fetched files fetched"
        ;;
      "[INFO] Building "*"["*"]")
        parley_module=$(printf '%s\n' "$parley_line" |
          sed -n 's/^\[INFO\] Building \(Parley \)\{0,1\}\([A-Za-z ]*[A-Za-z]\) [0-9][^ ]* *\[\([0-9]*\)\/\([0-9]*\)\]$/\2, part \3 of \4/p')
        [ -z "$parley_module" ] || parley_progress "$parley_module"
        ;;
    esac
  done
}

parley_begin_progress() {
  [ -t 2 ] || echo "Building Parley once; everything it says goes to $parley_log" >&2
}

parley_progress() {
  if [ -t 2 ]; then printf '\r\033[KBuilding Parley: %.60s' "$1" >&2; else printf '  %s\n' "$1" >&2; fi
}

parley_end_progress() {
  if [ -t 2 ]; then printf '\r\033[K' >&2; else printf '  %s\n' "$1" >&2; fi
}

parley_say_failure() {
  parley_end_progress "The build failed"
  echo "parley: the build failed:" >&2
  grep '^\[ERROR\]' "$parley_log" | grep -v -e '^\[ERROR\] *$' -e 'Re-run Maven' -e 'For more information' |
    head -n 12 | cut -c 1-300 | sed 's/^\[ERROR\] /  /' >&2
  echo "  Full log: $parley_log" >&2
}

# Makes the AOT cache; without it the server only starts slower. The settings of whoever builds stay out.
parley_train() {
  parley_training=$parley_target/train
  rm -rf "$parley_training"
  env -i HOME="${HOME:-/}" PATH="$PATH" "$JAVA_HOME/bin/java" "@$PARLEY_ROOT/server/src/launch/java.options" \
    "-XX:AOTCacheOutput=$parley_aot.new" "-Dorg.sqlite.lib.path=$parley_lib/native" -jar "$parley_jar" train --data "$parley_training" --set port=0 \
    >"$parley_target/train.log" 2>&1 </dev/null && mv "$parley_aot.new" "$parley_aot" || :
  rm -rf "$parley_training" "$parley_aot.new"
}
