/**
 * Runs the JavaScript and Python suites as processes and turns each of their tests into a JUnit
 * test. Start at {@link dev.parley.conformance.foreign.ForeignSuite}.
 */
@NullMarked
package dev.parley.conformance.foreign;

import org.jspecify.annotations.NullMarked;
