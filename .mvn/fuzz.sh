#!/bin/sh
# Fuzzes every @FuzzTest of the module in the working directory, each in a machine of its own (Jazzer takes
# one at a time), starting from its kept inputs. Maven's profile "long" calls it; by hand:
#   ./mvnw -Plong -pl kit verify -DskipTests -Dfuzz.seconds=600
# $1 class path of the tests, $2 seconds for each target
set -eu
sources=$PWD/src/test/java
[ -d "$sources" ] || exit 0
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
mkdir -p target/fuzz
cd target/fuzz
failed=0
for file in $(grep -rl '@FuzzTest' "$sources" | sort); do
  class=$(printf '%s' "${file#"$sources"/}" | sed 's/\.java$//; s#/#.#g')
  for method in $(sed -n '/@FuzzTest/,/(/s/^ *\(public \)\{0,1\}void \([A-Za-z0-9]*\)(.*/\2/p' "$file"); do
    log=$class.$method.log
    if "$java" -XX:+EnableDynamicAgentLoading --enable-native-access=ALL-UNNAMED -cp "$1" \
        com.code_intelligence.jazzer.Jazzer "--target_class=$class" "--target_method=$method" \
        "-max_total_time=$2" >"$log" 2>&1 </dev/null && grep -q 'DONE' "$log"; then
      echo "fuzzed $class.$method: $(sed -n 's/^Done \([0-9]*\) runs.*/\1 runs/p' "$log" | tail -n 1)"
    else
      failed=1
      echo "FOUND by fuzzing $class.$method (all of it: $PWD/$log):"
      tail -n 20 "$log"
    fi
  done
done
exit "$failed"
