/**
 * The way of a request: TLS, raw-path routing, credentials, limits, one operation, one answer.
 * Knows no feature and no table of one. Start at {@link dev.parley.kit.http.Pipeline}, which reads
 * as the list of steps; a feature's own start is its {@link dev.parley.kit.http.OperationTable}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.kit.http;
