/** Proofs of the audio package: codecs by contract on every tier, buffer and mixer by behaviour. */
@org.jspecify.annotations.NullMarked
package dev.parley.media.audio;
