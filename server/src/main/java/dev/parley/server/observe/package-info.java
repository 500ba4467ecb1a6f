/** Metrics of requests and store, in Prometheus form. Sees names and times, never contents. */
@org.jspecify.annotations.NullMarked
package dev.parley.server.observe;
