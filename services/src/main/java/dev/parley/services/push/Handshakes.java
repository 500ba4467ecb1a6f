package dev.parley.services.push;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Refused;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Handshakes whose socket has not come yet; each is good for one socket. */
final class Handshakes {
  private static final int ID_BYTES = 16;

  private final Clock clock;
  private final Ids ids;
  private final ConcurrentMap<String, Handshake> open = new ConcurrentHashMap<>();

  Handshakes(Clock clock, Ids ids) {
    this.clock = clock;
    this.ids = ids;
  }

  /** Who may open the socket, and where the device stands. */
  record Handshake(Device device, Cursor cursor, Instant until) {}

  /** Keeps a handshake and gives its secret id. */
  String begin(Device device, Cursor cursor) {
    if (open.size() >= PushLimits.HANDSHAKES_MAX) {
      forgetExpired();
      if (open.size() >= PushLimits.HANDSHAKES_MAX) {
        throw new Refused(new PushRefusal.Busy());
      }
    }
    String id = HexFormat.of().formatHex(ids.bytes(ID_BYTES));
    Instant until = clock.now().plus(PushLimits.HANDSHAKE_LIFE);
    open.put(id, new Handshake(device, cursor, until));
    return id;
  }

  /** Takes a handshake away; refuses one that is unknown, used or expired. */
  Handshake take(String id) {
    Handshake handshake = open.remove(id);
    if (handshake == null || handshake.until.isBefore(clock.now())) {
      throw new Refused(new PushRefusal.UnknownHandshake());
    }
    return handshake;
  }

  void forgetExpired() {
    Instant now = clock.now();
    open.values().removeIf(handshake -> handshake.until.isBefore(now));
  }
}
