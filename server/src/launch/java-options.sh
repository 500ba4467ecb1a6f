# Sourced by both launchers (the clone's and the archive's): the one place for options of the Java machine.
# The AOT cache only fits the options it was made with, so the training run uses these as well.

parley_base_options="-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xms32m -XX:+ExitOnOutOfMemoryError
 -XX:TieredStopAtLevel=4 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

parley_java_options() { # sets parley_options; $1 is the AOT cache, used when it is there and fits
  parley_options=$parley_base_options
  [ ! -r "$1" ] || parley_options="$parley_options -XX:AOTCache=$1 -Xlog:aot=off -Xlog:cds=off"
}
