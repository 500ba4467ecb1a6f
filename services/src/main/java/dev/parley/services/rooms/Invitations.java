package dev.parley.services.rooms;

import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.services.identity.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides whether those who are to be invited can be: all of them, or the request is refused. */
public final class Invitations {
  private final Directory directory;

  public Invitations(Directory directory) {
    this.directory = directory;
  }

  /** Whom a resource knows; identity is behind it. */
  @FunctionalInterface
  public interface Directory {
    /** Those of {@code rawIds} that are users of the resource. */
    Set<String> known(ResourceId resource, Collection<String> rawIds);
  }

  /**
   * The changes by raw id as the store writes it. Who is set must be a user of the resource; who is
   * removed may be gone already, but must be named by an id.
   *
   * @param changes by raw id, in any case: the role to have, or empty for none
   */
  Map<String, Optional<RoomRole>> checked(
      ResourceId resource, Map<String, Optional<RoomRole>> changes) {
    if (changes.size() > RoomsLimits.PARTICIPANTS_MAX) {
      throw new Refused(new RoomRefusal.TooManyParticipants(RoomsLimits.PARTICIPANTS_MAX));
    }
    Map<String, Optional<RoomRole>> checked = new LinkedHashMap<>();
    List<String> malformed = new ArrayList<>();
    changes.forEach((rawId, role) ->
        UserId.parse(rawId)
            .ifPresentOrElse(
                user -> checked.put(user.toString(), role), () -> malformed.add(rawId)));
    if (!malformed.isEmpty()) {
      throw new Refused(new RoomRefusal.MalformedParticipants(List.copyOf(malformed)));
    }
    requireKnown(resource, checked);
    return checked;
  }

  private void requireKnown(ResourceId resource, Map<String, Optional<RoomRole>> changes) {
    List<String> invited =
        changes.entrySet().stream()
            .filter(change -> change.getValue().isPresent())
            .map(Map.Entry::getKey)
            .toList();
    Set<String> known = directory.known(resource, invited);
    List<String> unknown = invited.stream().filter(user -> !known.contains(user)).toList();
    if (!unknown.isEmpty()) {
      throw new Refused(new RoomRefusal.UnknownParticipants(unknown));
    }
  }
}
