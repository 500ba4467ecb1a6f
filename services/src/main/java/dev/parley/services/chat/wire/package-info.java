/**
 * Chat on the wire: the operation table in {@link dev.parley.services.chat.wire.ChatRoutes}, one
 * file of operations per noun, the bodies, the errors, and the real-time events in {@link
 * dev.parley.services.chat.wire.ChatPush}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.chat.wire;
