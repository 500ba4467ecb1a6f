/** Tests of forwarding: loss, speakers, headers. */
@org.jspecify.annotations.NullMarked
package dev.parley.media.sfu;
