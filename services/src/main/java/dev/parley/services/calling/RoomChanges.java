package dev.parley.services.calling;

import dev.parley.kit.base.ResourceId;
import java.util.List;

/** Brings changes of rooms, read from the journal, to the calls that are held in them. */
public final class RoomChanges {
  private final CallService calls;
  private final CallRooms rooms;

  public RoomChanges(CallService calls, CallRooms rooms) {
    this.calls = calls;
    this.rooms = rooms;
  }

  /** These users' invitations to the room changed or ended. */
  public void participantsChanged(ResourceId resource, String room, List<String> users) {
    calls
        .registry()
        .at(resource, new CallLocator.Room(room))
        .ifPresent(
            driver -> users.forEach(user -> ask(driver, rooms.entry(resource, room, user), user)));
  }

  /** The room's time changed: it is the same for all who are in it. */
  public void roomUpdated(ResourceId resource, String room) {
    calls
        .registry()
        .at(resource, new CallLocator.Room(room))
        .ifPresent(driver ->
            driver
                .live()
                .ifPresent(live ->
                    live.roster().byUser().keySet().stream()
                        .findFirst()
                        .ifPresent(user -> time(driver, rooms.entry(resource, room, user)))));
  }

  /** The room is gone. */
  public void roomDeleted(ResourceId resource, String room) {
    calls
        .registry()
        .at(resource, new CallLocator.Room(room))
        .ifPresent(driver -> driver.offer(new CallEvent.RoomOver(EndReason.ROOM_NOT_FOUND)));
  }

  private static void time(CallDriver driver, CallRooms.Entry entry) {
    switch (entry) {
      case CallRooms.Entry.Open open -> driver.offer(new CallEvent.RoomTime(open.validUntil()));
      case CallRooms.Entry.Closed closed -> {
        if (closed.reason() != EndReason.NOT_INVITED) {
          driver.offer(new CallEvent.RoomOver(closed.reason()));
        }
      }
    }
  }

  /** What the answer about one user means for the call. */
  static void ask(CallDriver driver, CallRooms.Entry entry, String user) {
    switch (entry) {
      case CallRooms.Entry.Open open -> driver.offer(new CallEvent.RoleChanged(user, open.role()));
      case CallRooms.Entry.Closed closed ->
          driver.offer(
              closed.reason() == EndReason.NOT_INVITED
                  ? new CallEvent.Uninvited(user, EndReason.INVITATION_REMOVED)
                  : new CallEvent.RoomOver(closed.reason()));
    }
  }
}
