/**
 * Load from outside on a started Parley, beside a bare Jetty handler and the raw store in the same
 * run; figures are ratios. Start at {@link dev.parley.bench.Bench}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.bench;
