package dev.parley.services.calling;

import static dev.parley.services.calling.CallRole.ATTENDEE;
import static dev.parley.services.calling.CallRole.COLLABORATOR;
import static dev.parley.services.calling.CallRole.CONSUMER;
import static dev.parley.services.calling.CallRole.PRESENTER;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a participant may do, by role, kind of call and media access
 * (docs/protocols/calling-signalling.md §8). The words are those of ACS.
 */
enum CallRight {
  UNMUTE_MIC("unmuteMic", PRESENTER, COLLABORATOR, ATTENDEE),
  TURN_VIDEO_ON("turnVideoOn", PRESENTER, COLLABORATOR, ATTENDEE),
  SHARE_SCREEN("shareScreen", PRESENTER, COLLABORATOR),
  RAISE_HAND("raiseHand", PRESENTER, COLLABORATOR, ATTENDEE, CONSUMER),
  USE_REACTIONS("useReactions", PRESENTER, COLLABORATOR, ATTENDEE, CONSUMER),
  VIEW_ATTENDEE_NAMES("viewAttendeeNames", PRESENTER, COLLABORATOR, ATTENDEE, CONSUMER),
  MUTE_OTHERS("muteOthers", PRESENTER),
  REMOVE_PARTICIPANT("removeParticipant", PRESENTER),
  ADD_USER("addCommunicationUser", PRESENTER),
  SPOTLIGHT("spotlightParticipant", PRESENTER),
  REMOVE_SPOTLIGHTS("removeParticipantsSpotlight", PRESENTER),
  HANG_UP_FOR_EVERYONE("hangUpForEveryOne", PRESENTER),
  MANAGE_LOBBY("manageLobby", PRESENTER),
  FORBID_AUDIO("forbidOthersAudio", PRESENTER),
  FORBID_VIDEO("forbidOthersVideo", PRESENTER);

  /** Words of ACS for what this service does not have. */
  private static final List<String> UNSUPPORTED =
      List.of("addPhoneNumber", "addTeamsUser", "startLiveCaptions", "stopLiveCaptions");

  private static final CallView.Capability CAPABLE = new CallView.Capability(true, "Capable");
  private static final CallView.Capability BY_ROLE =
      new CallView.Capability(false, "RoleRestricted");
  private static final CallView.Capability BY_MEETING =
      new CallView.Capability(false, "MeetingRestricted");
  private static final CallView.Capability NOT_SUPPORTED =
      new CallView.Capability(false, "FeatureNotSupported");

  private final String word;
  private final List<CallRole> roles;

  CallRight(String word, CallRole... roles) {
    this.word = word;
    this.roles = List.of(roles);
  }

  /** The wire's word. */
  String word() {
    return word;
  }

  /** Whether the participant has it, and why not. */
  CallView.Capability of(CallHeader header, Participant participant) {
    if (!roles.contains(participant.role())) {
      return BY_ROLE;
    }
    return switch (this) {
      case UNMUTE_MIC -> access(header, participant).audio() ? CAPABLE : BY_MEETING;
      case TURN_VIDEO_ON -> access(header, participant).video() ? CAPABLE : BY_MEETING;
      // Who is in the call of a room is who was invited to the room.
      case ADD_USER -> header.isRoom() ? NOT_SUPPORTED : CAPABLE;
      case SHARE_SCREEN,
          RAISE_HAND,
          USE_REACTIONS,
          VIEW_ATTENDEE_NAMES,
          MUTE_OTHERS,
          REMOVE_PARTICIPANT,
          SPOTLIGHT,
          REMOVE_SPOTLIGHTS,
          HANG_UP_FOR_EVERYONE,
          MANAGE_LOBBY,
          FORBID_AUDIO,
          FORBID_VIDEO ->
          CAPABLE;
    };
  }

  boolean isOf(CallHeader header, Participant participant) {
    return of(header, participant).isPresent();
  }

  /** All, by word, as clients are told them. */
  static Map<String, CallView.Capability> all(CallHeader header, Participant participant) {
    Map<String, CallView.Capability> all = new LinkedHashMap<>();
    Arrays.stream(values()).forEach(right -> all.put(right.word, right.of(header, participant)));
    UNSUPPORTED.forEach(unsupported -> all.put(unsupported, NOT_SUPPORTED));
    return all;
  }

  /** The participant's own access, and for those who are no presenters the meeting's too. */
  private static CallView.Access access(CallHeader header, Participant participant) {
    CallView.Access own = participant.access();
    return participant.role() == PRESENTER
        ? own
        : new CallView.Access(
            own.audio() && header.access().audio(), own.video() && header.access().video());
  }
}
