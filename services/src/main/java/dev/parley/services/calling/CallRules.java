package dev.parley.services.calling;

import dev.parley.kit.base.Refused;
import dev.parley.services.identity.UserId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules on what clients send; each breach is a {@link CallRefusal.Invalid}. */
final class CallRules {
  private static final Pattern GROUP =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final int ROOM_CHARACTERS_MAX = 100;

  private CallRules() {}

  static void requireName(String displayName) {
    require(
        displayName.length() <= CallLimits.DISPLAY_NAME_CHARACTERS_MAX,
        "displayName",
        "at most " + CallLimits.DISPLAY_NAME_CHARACTERS_MAX + " characters");
  }

  static void requireLocator(CallLocator locator) {
    switch (locator) {
      case CallLocator.Group group ->
          require(GROUP.matcher(group.id()).matches(), "groupId", "a UUID in lower case");
      case CallLocator.Room room ->
          require(
              !room.id().isEmpty() && room.id().length() <= ROOM_CHARACTERS_MAX,
              "roomId",
              "1 to " + ROOM_CHARACTERS_MAX + " characters");
    }
  }

  /** Users that can be called: of the same resource, others than the caller, each once. */
  static List<String> requireCallable(CallClient client, List<String> users) {
    List<String> called = List.copyOf(new LinkedHashSet<>(users));
    require(
        !called.isEmpty() && called.size() <= CallLimits.INVITED_MAX,
        "participants",
        "1 to " + CallLimits.INVITED_MAX + " users");
    if (called.equals(List.of(CallService.ECHO_USER))) {
      return called;
    }
    for (String user : called) {
      Optional<UserId> id = UserId.parse(user);
      require(id.isPresent(), "participants", "raw ids of users");
      require(
          id.get().resource().equals(client.resource()), "participants", "users of this resource");
      require(!user.equals(client.user()), "participants", "others than who calls");
    }
    return called;
  }

  static void requireAnother(CallId call, CallId target) {
    require(!call.equals(target), "target", "another call than this one");
  }

  static void requireSurvey(String json) {
    require(
        json.length() <= CallLimits.SURVEY_CHARACTERS_MAX,
        "survey",
        "at most " + CallLimits.SURVEY_CHARACTERS_MAX + " characters");
  }

  /** Bounds what one action names. */
  static void require(CallAction action) {
    switch (action) {
      case CallAction.Mute mute -> mute.users().ifPresent(CallRules::requireNamed);
      case CallAction.Permit permit -> permit.users().ifPresent(CallRules::requireNamed);
      case CallAction.Hand hand -> requireFew(hand.users());
      case CallAction.Spotlight spotlight -> requireFew(spotlight.users());
      case CallAction.Admit admit -> requireNamed(admit.users());
      case CallAction.Deny deny -> requireNamed(deny.users());
      case CallAction other -> {}
    }
  }

  private static void requireNamed(List<String> users) {
    require(!users.isEmpty(), "participants", "at least one");
    requireFew(users);
  }

  private static void requireFew(List<String> users) {
    require(
        users.size() <= CallLimits.NAMED_MAX,
        "participants",
        "at most " + CallLimits.NAMED_MAX + " users");
  }

  private static void require(boolean kept, String field, String rule) {
    if (!kept) {
      throw new Refused(new CallRefusal.Invalid(field, rule));
    }
  }
}
