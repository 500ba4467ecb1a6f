package dev.parley.media.sfu;

import dev.parley.media.memory.Memory;
import dev.parley.media.rtp.MediaKind;
import dev.parley.media.rtp.PayloadFormat;
import dev.parley.media.rtp.RtcpWriter;
import dev.parley.media.rtp.RtpPacket;
import dev.parley.media.transport.MediaLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Members that hear and see each other. Owned by one media loop, made and used there. */
public final class Room implements MediaLoop.Ticker {
  /** What others learn of a room. Called on the loop's thread: hand on and return. */
  public interface Listener {
    /** A connection of the member became usable. */
    void connected(Member member, boolean publishing);

    /** A connection of the member is over. */
    void disconnected(Member member, boolean publishing, String reason);

    /** A track appeared. */
    void published(SourceTrack track);

    /** A track is gone. */
    void unpublished(SourceTrack track);

    /** What the member receives has changed: it needs a new offer. */
    void offerNeeded(Member member);

    /** Who speaks now, loudest first; the first is the dominant speaker. */
    void speakers(List<Member> speaking);
  }

  private final MediaLoop loop;
  private final LoopScratch scratch;
  private final RandomSource random;
  private final Listener listener;
  private final Map<String, Member> members = new HashMap<>();
  private final List<ReceiveSide> receivers = new ArrayList<>();
  private final List<PublishSide> publishers = new ArrayList<>();
  private final SpeakerBoard speakers;

  /** A room without members; it runs until {@link #close}. */
  public Room(MediaLoop loop, LoopScratch scratch, RandomSource random, Listener listener) {
    this.loop = loop;
    this.scratch = scratch;
    this.random = random;
    this.listener = listener;
    this.speakers = new SpeakerBoard(loop.now());
    loop.add(this);
  }

  /** The loop that owns it. */
  public MediaLoop loop() {
    return loop;
  }

  /** Random numbers for sources and sequence numbers. */
  public RandomSource random() {
    return random;
  }

  LoopScratch scratch() {
    return scratch;
  }

  Listener listener() {
    return listener;
  }

  /** How many speakers are forwarded at most; 0 for all. */
  public void lastN(int count) {
    speakers.lastN(count);
  }

  /** Adds a member. */
  public Member join(String id) {
    Member member = new Member(id, this);
    if (members.putIfAbsent(id, member) != null) {
      throw new IllegalArgumentException("member is here already");
    }
    return member;
  }

  /** The member of this id. */
  public Optional<Member> member(String id) {
    return Optional.ofNullable(members.get(id));
  }

  /** All members. */
  public List<Member> members() {
    return List.copyOf(members.values());
  }

  /** Removes a member. */
  public void leave(Member member) {
    if (members.remove(member.id(), member)) {
      member.leave();
    }
  }

  /** Adds a track; {@code mid} is empty when no connection carries it: a mixer's, a player's. */
  public SourceTrack publish(
      Member owner, String id, String mid, PayloadFormat format, List<String> rids) {
    if (owner.tracks.size() >= SfuLimits.TRACKS_PER_MEMBER_MAX) {
      throw new IllegalStateException("the member publishes too many tracks");
    }
    SourceTrack track = new SourceTrack(id, mid, owner, format, rids);
    owner.tracks.add(track);
    if (track.kind() == MediaKind.AUDIO) {
      track.voice = speakers.add(track);
    }
    for (ReceiveSide each : receivers) {
      if (each.member() != owner) {
        each.add(track);
      }
    }
    listener.published(track);
    return track;
  }

  /**
   * Lets a track that no connection carries send one packet.
   *
   * @param payload of the track's format
   * @param level as RFC 6464 counts it, 0 for the loudest to 127
   */
  public void inject(
      SourceTrack track, byte[] payload, int sequence, long timestamp, boolean marker, int level) {
    long packet = scratch.injected.address();
    Memory.put8(packet, 0x80);
    Memory.put8(packet + 1, (marker ? 0x80 : 0) | track.format().egressType());
    Memory.put16(packet + 2, sequence);
    Memory.put32(packet + 4, (int) timestamp);
    Memory.put32(packet + 8, 0);
    int length = Math.min(payload.length, RtcpWriter.BYTES_MAX);
    Memory.copyIn(payload, 0, packet + RtpPacket.FIXED_BYTES, length);
    if (!scratch.incoming.parse(packet, RtpPacket.FIXED_BYTES + length)) {
      throw new IllegalStateException("a packet of our own is malformed");
    }
    if (track.withheld()) {
      return;
    }
    track.hear(scratch.incoming, level, loop.now(), scratch);
    long now = loop.now() / 1000;
    track.taps.forEach(tap -> tap.packet(packet, RtpPacket.FIXED_BYTES + length, 0, now));
  }

  /** Ends a track. */
  public void unpublish(SourceTrack track) {
    if (!track.owner().tracks.remove(track)) {
      return;
    }
    for (ReceiveSide each : List.copyOf(receivers)) {
      each.remove(track);
    }
    speakers.remove(track);
    track.layers.forEach(SourceLayer::close);
    listener.unpublished(track);
  }

  void connect(PublishSide side) {
    publishers.add(side);
  }

  void connect(ReceiveSide side) {
    receivers.add(side);
    for (Member member : members.values()) {
      if (member != side.member()) {
        member.tracks.forEach(side::add);
      }
    }
  }

  void disconnect(PublishSide side) {
    publishers.remove(side);
  }

  void disconnect(ReceiveSide side) {
    receivers.remove(side);
  }

  /** The track of this id, if somebody publishes it. */
  public @Nullable SourceTrack track(String id) {
    for (Member member : members.values()) {
      for (SourceTrack track : member.tracks) {
        if (track.id().equals(id)) {
          return track;
        }
      }
    }
    return null;
  }

  @Override
  public void tick(long now) {
    for (int i = 0; i < publishers.size(); i++) {
      publishers.get(i).tick(now);
    }
    for (int i = 0; i < receivers.size(); i++) {
      receivers.get(i).tick(now);
    }
    if (speakers.tick(now)) {
      listener.speakers(speakers.speaking());
    }
  }

  /** Ends the room; not from within a tick. */
  public void close() {
    loop.remove(this);
    members().forEach(this::leave);
  }
}
