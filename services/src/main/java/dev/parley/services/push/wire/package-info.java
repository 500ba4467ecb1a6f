/**
 * The wire of push: the operations around the socket, and socket.io 0.9 frames on it, as the
 * browser's signalling client 1.0.0-beta.34 speaks them. Must not know: what a message means, or
 * who may get it. Start with {@link dev.parley.services.push.wire.PushRoutes}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.push.wire;
