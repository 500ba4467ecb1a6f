# Sourced by mvnw and parley: exports JAVA_HOME of a JDK 25 or newer, or says where to get one.
# Looks at JAVA_HOME, PATH, /usr/lib/jvm, SDKMAN, ~/.jdks and macOS, in this order.

parley_jdk_major() { # prints the feature version of the JDK at $1, or nothing when it is not a JDK
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

parley_try_jdk() { # exports JAVA_HOME and succeeds when $1 is new enough
  parley_major=$(parley_jdk_major "$1")
  [ -n "$parley_major" ] && [ "$parley_major" -ge 25 ] || return 1
  JAVA_HOME=$1
  export JAVA_HOME
}

parley_path_jdk() { # the home of the javac on PATH, links followed
  parley_javac=$(command -v javac 2>/dev/null) || return 0
  parley_javac=$(readlink -f "$parley_javac" 2>/dev/null || echo "$parley_javac")
  dirname "$(dirname "$parley_javac")"
}

parley_find_jdk() {
  parley_try_jdk "${JAVA_HOME:-/nonexistent}" && return 0
  parley_try_jdk "$(parley_path_jdk)" && return 0
  set +f
  for parley_home in "${PARLEY_JVM_DIR:-/usr/lib/jvm}"/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
      "${HOME:-/nonexistent}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    parley_try_jdk "$parley_home" && return 0
  done
  echo "Parley needs a JDK 25 or newer and found none (looked at JAVA_HOME, PATH, ${PARLEY_JVM_DIR:-/usr/lib/jvm}, SDKMAN, ~/.jdks)." >&2
  echo "Get one at https://adoptium.net (Temurin 25) or: sdk install java 25-tem" >&2
  return 1
}
