/**
 * Measures the media engine beside its peers under one load: a publisher and many receivers with
 * real ICE, DTLS and SRTP, each server in a process of its own. Start at {@link
 * dev.parley.bench.media.MediaBench}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.bench.media;
