/** Tests of the relay; that a TURN server believes its credentials is tested with the server. */
@org.jspecify.annotations.NullMarked
package dev.parley.services.relay;
