/** Scenes for the speaker detector. */
@org.jspecify.annotations.NullMarked
package dev.parley.media.speaker;
