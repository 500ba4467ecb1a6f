/**
 * Real-time push: who is connected, and the way of a message to every device of a user, each device
 * exactly once. Owns sessions, their resume windows and how far each has acknowledged.
 *
 * <p>It must not know: what a message means (a feature hands over the finished JSON), the frames on
 * the socket ({@code push.wire}), threads or calls.
 *
 * <p>Start with {@link dev.parley.services.push.Push}, what other features see.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.push;
