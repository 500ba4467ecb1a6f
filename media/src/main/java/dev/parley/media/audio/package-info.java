/**
 * Sound inside the server: jitter buffer, codecs, sample rates and the mix-minus mixer, for phone
 * legs, recording, bots and echo. Knows no RTP header, socket or participant; the owner of a mixer
 * runs it on a 20 ms timer of its own, never on a media loop. Start at {@link
 * dev.parley.media.audio.JitterBuffer} and {@link dev.parley.media.audio.MixMinus}.
 *
 * <p>Inside, sound is mono, 48 kHz, 16 bit, in frames of 20 ms (960 samples).
 */
@org.jspecify.annotations.NullMarked
package dev.parley.media.audio;
