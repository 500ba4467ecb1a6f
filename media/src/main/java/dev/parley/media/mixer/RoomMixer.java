package dev.parley.media.mixer;

import dev.parley.media.audio.AudioDecoder;
import dev.parley.media.audio.AudioLimits;
import dev.parley.media.audio.G711;
import dev.parley.media.audio.JitterBuffer;
import dev.parley.media.audio.MixMinus;
import dev.parley.media.audio.OpusCodec;
import dev.parley.media.rtp.MediaKind;
import dev.parley.media.rtp.PayloadFormat;
import dev.parley.media.sfu.Member;
import dev.parley.media.sfu.Room;
import dev.parley.media.sfu.SourceTrack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;

/**
 * The mixer of one room. Seats and ears come and go on the room's loop; the rounds run on the
 * mixer's thread; the two meet in the lists and queues here and nowhere else.
 */
public final class RoomMixer implements AutoCloseable {
  /** Seats and tracks together; more tracks than this are not heard at the seats. */
  public static final int PLACES = 64;

  private final Room room;
  private final MixerThread thread;
  private final OpusCodec opus;
  private final MixMinus mix = new MixMinus(PLACES);
  private final BitSet taken = new BitSet(PLACES);
  private final List<MixerSeat> seats = new CopyOnWriteArrayList<>();
  private final List<TrackEar> ears = new CopyOnWriteArrayList<>();
  private final Queue<Runnable> retired = new ConcurrentLinkedQueue<>();
  private final short[] frame = new short[AudioLimits.FRAME_SAMPLES];
  private volatile boolean closing;

  /** A mixer that hears every audio track of the room; made on the room's loop. */
  public RoomMixer(Room room, MixerThread thread, OpusCodec opus) {
    this.room = room;
    this.thread = thread;
    this.opus = opus;
    room.members().forEach(member -> member.tracks().forEach(this::hear));
    thread.add(this);
  }

  /** Gives {@code member} a seat, which speaks as the track {@code trackId}; on the loop. */
  public MixerSeat sit(Member member, String trackId, FrameSink sink) {
    int place = taken.nextClearBit(0);
    if (place >= PLACES) {
      throw new IllegalStateException("the mixer has no free seat");
    }
    taken.set(place);
    SourceTrack track = room.publish(member, trackId, "", PayloadFormat.OPUS, List.of());
    MixerSeat seat = new MixerSeat(place, track, sink, opus.encoder());
    seats.add(seat);
    return seat;
  }

  /** Frees a seat and ends its track; on the loop. */
  public void leave(MixerSeat seat) {
    if (seats.remove(seat)) {
      room.unpublish(seat.track());
      retire(seat.number, seat.encoder::close);
    }
  }

  /** A track appeared in the room; on the loop. */
  public void hear(SourceTrack track) {
    int place = taken.nextClearBit(0);
    if (track.kind() != MediaKind.AUDIO || track.mid().isEmpty() || place >= PLACES) {
      return;
    }
    taken.set(place);
    AudioDecoder decoder = decoder(track.format());
    TrackEar ear =
        new TrackEar(
            place, track, new JitterBuffer(decoder, track.format().clockHz()), decoder::close);
    track.add(ear);
    ears.add(ear);
  }

  private AudioDecoder decoder(PayloadFormat format) {
    return switch (format) {
      case PCMU -> G711.MU_LAW.decoder();
      case PCMA -> G711.A_LAW.decoder();
      case OPUS, VP8, VP9, H264, AV1 -> opus.decoder();
    };
  }

  /** A track of the room is gone; on the loop. */
  public void unhear(SourceTrack track) {
    for (TrackEar ear : ears) {
      if (ear.track == track) {
        ears.remove(ear);
        track.remove(ear);
        retire(ear.number, ear.free);
      }
    }
  }

  /** The mixer's thread may be in a round with it: it is freed after, and then the place too. */
  private void retire(int place, Runnable free) {
    retired.add(() -> {
      free.run();
      free(place);
    });
  }

  private void free(int place) {
    try {
      room.loop().execute(() -> taken.clear(place));
    } catch (RejectedExecutionException stopping) {
      // The engine ends, and the mixer's places with it.
    }
  }

  /** One round of 20 ms; on the mixer's thread. */
  void round(long nowMicros) {
    mix.begin();
    for (TrackEar ear : ears) {
      if (ear.next(frame, nowMicros)) {
        mix.add(ear.number, frame);
      }
    }
    for (MixerSeat seat : seats) {
      short[] said = seat.nextSpoken();
      if (said != null && !seat.track.withheld()) {
        mix.add(seat.number, said);
      }
    }
    List<Runnable> packets = new ArrayList<>();
    for (MixerSeat seat : seats) {
      MixerSeat.Encoded encoded = seat.encode();
      if (encoded != null) {
        packets.add(() -> inject(seat, encoded));
      }
      boolean heard = mix.mixFor(seat.number, frame) && !seat.held;
      if (seat.held) {
        Arrays.fill(frame, (short) 0);
      }
      seat.sink.frame(frame, !heard);
    }
    publish(packets);
    boolean last = closing;
    for (Runnable each = retired.poll(); each != null; each = retired.poll()) {
      each.run();
    }
    if (last) {
      thread.remove(this);
    }
  }

  private void publish(List<Runnable> packets) {
    if (packets.isEmpty()) {
      return;
    }
    try {
      room.loop().execute(() -> packets.forEach(Runnable::run));
    } catch (RejectedExecutionException full) {
      // A loop that is that far behind loses packets of its sockets too.
      packets.clear();
    }
  }

  private void inject(MixerSeat seat, MixerSeat.Encoded encoded) {
    room.inject(
        seat.track(),
        encoded.payload(),
        encoded.sequence(),
        encoded.timestamp(),
        encoded.marker(),
        encoded.level());
  }

  /** Ends every seat; on the loop. */
  @Override
  public void close() {
    List.copyOf(seats).forEach(this::leave);
    ears.forEach(ear -> unhear(ear.track));
    // The last round frees what was retired and takes the mixer off the thread's list.
    closing = true;
  }
}
