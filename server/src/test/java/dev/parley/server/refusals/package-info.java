/**
 * The matrix of refusals: every operation of the server with every credential and every kind of bad
 * input. A feature says what is its own in one class, {@code <Feature>Rows}: copy {@link
 * dev.parley.server.refusals.IdentityRows} and add it to {@link
 * dev.parley.server.refusals.RefusalMatrixTest#ROWS}. An operation without a row, a field or an id
 * that its row does not speak of fails the build.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.server.refusals;
