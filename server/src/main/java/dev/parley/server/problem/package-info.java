/**
 * What keeps a command from doing its work, and how that is told to a person: one line, one hint,
 * one exit code. Knows nothing of commands. Start at {@link dev.parley.server.problem.Problem}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.server.problem;
