/**
 * A client that is not a browser, with real ICE, DTLS and SRTP: for tests of the engine and for the
 * load generator. Start at {@link dev.parley.media.client.TestClient}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.media.client;
