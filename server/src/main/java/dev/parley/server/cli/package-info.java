/**
 * The command line: one table of commands and options, from which parsing, help and the nearest
 * match come; one file per command. Reaches the server through {@link
 * dev.parley.server.cli.Servers} and knows nothing of how it is built. Start at {@link
 * dev.parley.server.cli.CommandTable}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.server.cli;
