/**
 * The configuration: records with defaults that stand in one reference file. Precedence: reference
 * file, then the configuration file, then {@code PARLEY_*} in the environment, then options. Knows
 * no command and starts nothing. Start at {@link dev.parley.server.config.Configuration}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.server.config;
