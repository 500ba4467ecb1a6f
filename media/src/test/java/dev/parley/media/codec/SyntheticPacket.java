package dev.parley.media.codec;

import org.jspecify.annotations.Nullable;

/** One packet of a {@link SyntheticFrame}, with real descriptor bytes. */
record SyntheticPacket(
    SyntheticFrame frame,
    int sequence,
    long timestamp,
    boolean marker,
    byte[] payload,
    byte @Nullable [] descriptor,
    int index) {}
