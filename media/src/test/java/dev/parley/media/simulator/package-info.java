/**
 * A deterministic network: links with bandwidth steps, delay, jitter, loss, reordering, a queue
 * limit and a competing flow, on a clock of its own. The same seed gives the same run. Start at
 * {@link dev.parley.media.simulator.SimulatedLink}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.media.simulator;
