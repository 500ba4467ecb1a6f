package dev.parley.server.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command sees of the world it was called from.
 *
 * @param out results, for people and scripts
 * @param err complaints
 * @param environment the process's variables
 * @param workingDirectory absolute
 * @param version the program's
 */
public record Console(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path workingDirectory,
    String version) {}
