package dev.parley.services.calling.media;

import dev.parley.media.api.TrackId;
import dev.parley.services.calling.CallMedia;

/** A section of an offer, with the engine's name of the track that it carries. */
record Offered(TrackId id, CallMedia.Track track) {}
