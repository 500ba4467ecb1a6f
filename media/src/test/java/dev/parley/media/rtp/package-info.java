/** Tests of RTP and RTCP parsers, by tables and by fuzzing. */
@org.jspecify.annotations.NullMarked
package dev.parley.media.rtp;
