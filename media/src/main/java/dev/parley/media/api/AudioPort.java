package dev.parley.media.api;

import dev.parley.media.mixer.MixerSeat;
import dev.parley.media.mixer.RoomMixer;
import dev.parley.media.sfu.Member;
import dev.parley.media.sfu.Room;
import java.util.concurrent.CompletableFuture;

/** The door for sound that no browser makes: one place at the conference's mixer. */
public final class AudioPort implements AutoCloseable {
  private final Room room;
  private final Member member;
  private final RoomMixer mixer;
  private final MixerSeat seat;

  AudioPort(Room room, Member member, RoomMixer mixer, MixerSeat seat) {
    this.room = room;
    this.member = member;
    this.mixer = mixer;
    this.seat = seat;
  }

  /** The id under which it joined. */
  public EndpointId id() {
    return new EndpointId(member.id());
  }

  /** The track that others hear it by. */
  public TrackId track() {
    return new TrackId(seat.track().id());
  }

  /**
   * Says 20 ms of sound; more than real time gives way, oldest first. From one thread at a time.
   *
   * @param frame 960 samples, 48 kHz, mono, 16 bit; copied
   */
  public void say(short[] frame) {
    seat.say(frame);
  }

  /** Mutes what it says for everybody, or lets it be heard again. */
  public CompletableFuture<Void> mute(boolean on) {
    return room.loop()
        .ask(() -> {
          seat.track().mute(on);
          return null;
        });
  }

  /** Puts it on hold, or takes it off: it is not heard and hears silence. */
  public CompletableFuture<Void> hold(boolean on) {
    return room.loop()
        .ask(() -> {
          member.hold(on);
          seat.hold(on);
          return null;
        });
  }

  /** Leaves the conference. */
  @Override
  public void close() {
    room.loop()
        .execute(() -> {
          mixer.leave(seat);
          room.leave(member);
        });
  }
}
