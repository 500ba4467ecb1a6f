/** Tests of session descriptions, by tables and by fuzzing. */
@org.jspecify.annotations.NullMarked
package dev.parley.media.sdp;
