/**
 * The only door into the media engine: conferences, endpoints and tracks with opaque ids, session
 * descriptions in and out, taps and audio ports. Every method may be called from any thread;
 * nothing of accounts, tokens, tenants or HTTP is known here or below. Start at {@link
 * dev.parley.media.api.MediaEngine}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.media.api;
