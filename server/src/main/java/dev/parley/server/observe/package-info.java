/**
 * What an operator sees: metrics in Prometheus form, traces by OTLP, the log. It sees names, ids of
 * requests and resources, and times, never contents. Start at {@link
 * dev.parley.server.observe.Observation}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.server.observe;
