package dev.parley.services.chat;

import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides who of those wanted can be a member. */
public final class Participants {
  private final Directory directory;

  public Participants(Directory directory) {
    this.directory = directory;
  }

  /** Whom a resource knows; identity is behind it. */
  @FunctionalInterface
  public interface Directory {
    /** Those of {@code rawIds} that are users of the resource. */
    Set<String> known(ResourceId resource, Collection<String> rawIds);
  }

  /**
   * Someone who is to be a member.
   *
   * @param userId raw id, of whatever kind
   * @param shareHistoryTime from when on they may read; null for the default of the operation
   */
  public record Wanted(
      String userId,
      @Nullable String displayName,
      @Nullable Instant shareHistoryTime,
      Map<String, String> metadata) {

    Member member(Instant otherwiseFrom) {
      Instant from = shareHistoryTime == null ? otherwiseFrom : shareHistoryTime;
      return new Member(userId, displayName, from, metadata);
    }
  }

  /** Someone who cannot be a member, and why. */
  public record Invalid(String userId, Reason reason) {}

  /** Why someone cannot be a member. */
  public enum Reason {
    /** Not a communication user: a phone number, a Teams user, or no id at all. */
    UNSUPPORTED,
    /** A user of another resource. */
    FOREIGN,
    /** No such user, or deleted. */
    UNKNOWN
  }

  /** Those who can, and those who cannot; of one who is named twice the last counts. */
  record Sorted(List<Wanted> valid, List<Invalid> invalid) {}

  Sorted sort(ResourceId resource, List<Wanted> wanted) {
    Map<String, Wanted> byId = new LinkedHashMap<>();
    for (Wanted one : wanted) {
      ChatRules.requireDisplayName("participants.displayName", one.displayName());
      ChatRules.requireMetadata(one.metadata());
      byId.put(one.userId(), one);
    }
    requireRoom(byId.size());
    Set<String> known = directory.known(resource, byId.keySet());
    List<Wanted> valid = new ArrayList<>();
    List<Invalid> invalid = new ArrayList<>();
    for (Wanted one : byId.values()) {
      if (known.contains(one.userId())) {
        valid.add(one);
      } else {
        invalid.add(new Invalid(one.userId(), reason(resource, one.userId())));
      }
    }
    return new Sorted(valid, invalid);
  }

  private static Reason reason(ResourceId resource, String rawId) {
    if (!rawId.startsWith("8:acs:")) {
      return Reason.UNSUPPORTED;
    }
    return rawId.startsWith("8:acs:" + resource + "_") ? Reason.UNKNOWN : Reason.FOREIGN;
  }

  void requireRoom(int members) {
    if (members > ChatLimits.MEMBERS_MAX) {
      throw new Refused(new ChatRefusal.TooManyMembers(ChatLimits.MEMBERS_MAX));
    }
  }
}
