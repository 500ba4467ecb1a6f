package dev.parley.media.sfu;

import dev.parley.media.codec.PayloadParser;
import dev.parley.media.codec.SimulcastClock;
import dev.parley.media.codec.VideoCodec;
import dev.parley.media.rtp.MediaKind;
import dev.parley.media.rtp.PayloadFormat;
import dev.parley.media.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A track that a member publishes, with the forwards that carry it to the others. */
public final class SourceTrack {
  private final String id;
  private final String mid;
  private final Member owner;
  private final PayloadFormat format;
  final List<SourceLayer> layers = new ArrayList<>();
  final LayerRates rates = new LayerRates();
  final SimulcastClock clock = new SimulcastClock();
  final @Nullable PayloadParser parser;
  final List<Forward> forwards = new ArrayList<>();
  final List<PacketTap> taps = new ArrayList<>();
  SpeakerBoard.@Nullable Voice voice;
  private boolean muted;
  private volatile boolean withheld;
  private boolean screen;

  SourceTrack(String id, String mid, Member owner, PayloadFormat format, List<String> rids) {
    this.id = id;
    this.mid = mid;
    this.owner = owner;
    this.format = format;
    this.withheld = owner.held();
    this.parser = format.video().map(VideoCodec::parser).orElse(null);
    if (rids.isEmpty()) {
      layers.add(new SourceLayer(this, 0, ""));
    }
    for (String rid : rids) {
      layers.add(new SourceLayer(this, layers.size(), rid));
    }
  }

  /** The opaque id of the track. */
  public String id() {
    return id;
  }

  /** The publisher's media section, empty when no connection carries the track. */
  public String mid() {
    return mid;
  }

  /** Who publishes it. */
  public Member owner() {
    return owner;
  }

  /** What it carries. */
  public PayloadFormat format() {
    return format;
  }

  /** Audio or video. */
  public MediaKind kind() {
    return format.kind();
  }

  /** Whether the server mutes it. */
  public boolean muted() {
    return muted;
  }

  /** Holds the track back, or lets it go again. */
  public void mute(boolean on) {
    muted = on;
    changed();
  }

  /**
   * Whether nobody gets it, neither receivers nor mixer nor taps: it is muted, or its owner is on
   * hold. May be read from any thread.
   */
  public boolean withheld() {
    return withheld;
  }

  /** Applies what was said of the track or of its owner. */
  void changed() {
    boolean before = withheld;
    withheld = muted || owner.held();
    if (before && !withheld) {
      layers.forEach(layer -> layer.keyFrames.want());
    }
    forwards.forEach(forward -> forward.receiver.share().reconsider());
  }

  /**
   * Gives a packet of sound to the receivers, unless others spoke later than this track's owner.
   *
   * @param level the byte of RFC 6464, -1 where the packet has none
   */
  void hear(RtpPacket packet, int level, long now, LoopScratch scratch) {
    SpeakerBoard.Voice speaker = voice;
    if (speaker != null && level >= 0 && !withheld) {
      speaker.packet(level, now);
    }
    boolean audible = speaker == null || speaker.audible();
    for (int i = 0; i < forwards.size(); i++) {
      if (forwards.get(i) instanceof AudioForward forward) {
        forward.want(audible);
        forward.packet(packet, level, scratch);
      }
    }
  }

  /** How loud the last packet was, 0 for the loudest to 127 for silence, which video is. */
  int level() {
    return voice == null ? SpeakerBoard.SILENCE : voice.level();
  }

  /** Whether it shows a screen; screens come first when bandwidth is short. */
  public boolean screen() {
    return screen;
  }

  /** Says that it shows a screen. */
  public void screen(boolean on) {
    screen = on;
  }

  /** How its encodings do. */
  public List<LayerStatistics> statistics() {
    return layers.stream().map(LayerStatistics::of).toList();
  }

  /** Adds a tap. */
  public void add(PacketTap tap) {
    taps.add(tap);
  }

  /** Removes a tap. */
  public void remove(PacketTap tap) {
    taps.remove(tap);
  }
}
