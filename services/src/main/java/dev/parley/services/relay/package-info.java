/**
 * Relay: credentials with a time limit for the TURN servers of this installation, so that packets
 * get through networks that let no direct path through. It is the network traversal of ACS. Owns
 * how a credential is made ({@link dev.parley.services.relay.TurnCredential}); stores nothing: the
 * TURN server checks what it is shown by the secret that both know. Start at {@link
 * dev.parley.services.relay.RelayService}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.relay;
