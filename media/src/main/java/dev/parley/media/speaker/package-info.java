/**
 * Who speaks: from audio levels (RFC 6464) to active speakers, the dominant speaker and the last N.
 * Knows participants as small numbers only. Start at {@link
 * dev.parley.media.speaker.SpeakerDetector}.
 *
 * <p>A level says how loud a packet is, not that a person speaks: keyboards, coughs and fans are
 * loud as well. So each participant's loudness above its own background is followed over three
 * times: an instant (a syllable), a while (a word) and long (a sentence). A participant is active
 * when a while of it is speech. To become dominant one must be ahead of the present dominant
 * speaker over all three, or the present one must have fallen silent; so a cough changes nothing,
 * and an interjection does not take the picture from who holds the floor.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.media.speaker;
