package dev.parley.services.calling;

import dev.parley.services.calling.CallViews.Ranks;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told what at the end of a decision. For each participant that may have changed, what is
 * shown of it before and after is compared: a change is one notice for all others, and one for the
 * client itself of what is its own.
 */
final class Announcement {
  private final CallState.Live before;
  private final CallState.Live after;
  private final Set<String> joinedMedia;
  private final List<CallEffect> effects;
  private final Ranks ranksBefore;
  private final Ranks ranksAfter;

  /**
   * @param joinedMedia users whose media began anew, so that their permission is to be said
   * @param effects where the notices are added
   */
  Announcement(
      CallState.Live before,
      CallState.Live after,
      Set<String> joinedMedia,
      List<CallEffect> effects) {
    this.before = before;
    this.after = after;
    this.joinedMedia = joinedMedia;
    this.effects = effects;
    this.ranksBefore = Ranks.of(before.roster());
    this.ranksAfter = Ranks.of(after.roster());
  }

  /** Adds what is to be told, given who may have changed. */
  void add(Set<String> touched) {
    Set<String> users = new LinkedHashSet<>(touched);
    moved(ranksBefore.hands(), ranksAfter.hands(), users);
    moved(ranksBefore.spotlights(), ranksAfter.spotlights(), users);
    users.forEach(user -> after.roster().of(user).ifPresent(this::about));
  }

  private static void moved(
      Map<String, Integer> earlier, Map<String, Integer> later, Set<String> users) {
    later.forEach((user, rank) -> {
      if (!rank.equals(earlier.get(user))) {
        users.add(user);
      }
    });
  }

  private void about(Participant one) {
    Optional<Participant> earlier = before.roster().of(one.user());
    permit(one, earlier);
    toOthers(one, earlier);
    one.place()
        .anyLeg()
        .filter(leg -> !leg.isAutomatic())
        .ifPresent(leg -> toSelf(one, earlier, leg));
  }

  private void permit(Participant one, Optional<Participant> earlier) {
    CallMedia.Permission permission = CallViews.permission(after.header(), one);
    boolean known =
        earlier
            .map(old -> CallViews.permission(before.header(), old).equals(permission))
            .orElse(false);
    if (one.place() instanceof Place.Present present
        && (!known || joinedMedia.contains(one.user()))) {
      effects.add(new CallEffect.Permit(present.leg().id(), permission));
    }
  }

  private void toOthers(Participant one, Optional<Participant> earlier) {
    CallView.Participant shown = CallViews.participant(after.header(), ranksAfter, one);
    boolean known =
        earlier
            .map(old -> CallViews.participant(before.header(), ranksBefore, old).equals(shown))
            .orElse(false);
    if (!known) {
      effects.add(
          new CallEffect.TellAll(
              new CallNotice.ParticipantChanged(after.header().id(), shown), one.user()));
    }
  }

  /** Who just came has the whole call as its answer; others are told what is new for them. */
  private void toSelf(Participant one, Optional<Participant> earlier, Leg leg) {
    boolean sameClient =
        earlier
            .flatMap(old -> old.place().anyLeg())
            .map(Leg::client)
            .filter(leg.client()::equals)
            .isPresent();
    if (!sameClient) {
      return;
    }
    boolean letIn = one.isPresent() && !earlier.orElseThrow().isPresent();
    if (letIn || before.header().kind() != after.header().kind()) {
      CallViews.call(after, one.user()).ifPresent(view -> tell(leg, new CallNotice.Changed(view)));
      return;
    }
    CallNotice.SelfChanged own = CallViews.self(after, ranksAfter, one);
    if (!Objects.equals(own, CallViews.self(before, ranksBefore, earlier.orElseThrow()))) {
      tell(leg, own);
    }
  }

  private void tell(Leg leg, CallNotice notice) {
    effects.add(new CallEffect.Tell(leg.client(), notice));
  }
}
