package dev.parley.media.api;

/**
 * A section of an endpoint's receiving connection.
 *
 * @param mid of the section in the engine's offers
 * @param track that it carries, with its owner; the track's own {@code mid} is the owner's
 * @param accepted whether the client has taken it in an answer
 */
public record ReceivedTrack(String mid, PublishedTrack track, boolean accepted) {}
