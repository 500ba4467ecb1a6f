package dev.parley.services.calling.media;

import dev.parley.media.api.TrackId;
import dev.parley.services.calling.CallMedia.Permission;
import dev.parley.services.calling.LegId;
import dev.parley.services.calling.StreamKind;

/**
 * A track of a leg.
 *
 * @param mid the leg's media section
 * @param number of the stream in its call, 0 for sound
 */
record Track(TrackId id, LegId from, String mid, StreamKind kind, int number) {
  boolean isAllowed(Permission permission) {
    return switch (kind) {
      case AUDIO -> permission.sound();
      case VIDEO -> permission.video();
      case SCREEN_SHARING -> permission.screen();
    };
  }
}
