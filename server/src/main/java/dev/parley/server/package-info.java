/**
 * Main, command line, configuration and wiring; nothing else. Start at {@link
 * dev.parley.server.Parley}, which puts the parts together.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.server;
