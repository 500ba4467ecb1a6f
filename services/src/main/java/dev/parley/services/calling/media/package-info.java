/**
 * Calls' media on the media engine: a conference for each call, an endpoint for each leg, offers
 * when what a leg receives has changed. Owns which track is whose and shows what, the numbers of
 * streams and offers, and what of a leg goes through.
 *
 * <p>It must not know: users, roles and sockets, nor what is in a description.
 *
 * <p>Start with {@link dev.parley.services.calling.media.EngineMedia}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.calling.media;
