package dev.parley.media.transport;

import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's peer connection at our end: ICE-lite (RFC 8445 §2.5), the DTLS association on it and
 * the SRTP keys that came of it. Owned by one media loop.
 */
public final class PeerLink {
  /** Who uses the link. Called on the loop's thread. */
  public interface Handler {
    /** Keys are there: packets may be sent. Called again after a new handshake. */
    void secured();

    /** The client's path has moved: its first check came with the credentials of a restart. */
    default void restarted() {}

    /** A plain RTP packet; its slot is valid during the call and may be changed. */
    void rtp(long packet, int length, long arrivalMicros);

    /** A plain compound RTCP packet. */
    void rtcp(long packet, int length);

    /** The link is over; it was closed, the client closed it or consent ran out. Called once. */
    void ended(String reason);
  }

  /** Where a link stands. */
  public enum State {
    /** No connectivity check has come. */
    NEW,
    /** A check has come; the handshake is running or about to. */
    REACHABLE,
    /** Packets flow. */
    SECURED,
    /** Over. */
    ENDED
  }

  /** A client that sends no check for this long takes no more packets (RFC 7675 §5.1). */
  public static final long CONSENT_NANOS = 30_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);
  private static final int PATHS_MAX = 16;

  private final MediaLoop loop;
  private final DtlsIdentity identity;
  private final Handler handler;
  private final NativeBlock addresses = new NativeBlock(PATHS_MAX * SocketAddresses.BYTES);
  private final List<Destination> paths = new ArrayList<>();
  private IceCredentials credentials;
  private @Nullable IceCredentials former;

  /** Whether a restart waits for the path that the client chooses. */
  private boolean restarted;

  private @Nullable DtlsFingerprint fingerprint;
  private @Nullable DtlsAssociation association;
  private @Nullable SrtpSender sender;
  private @Nullable SrtpReceiver receiver;
  private @Nullable Destination destination;
  private @Nullable TcpConnection connection;
  private State state = State.NEW;
  private long lastCheck;
  private final LinkCounters counters = new LinkCounters();

  /** A link that waits for its client; made and used on {@code loop}. */
  public PeerLink(
      MediaLoop loop, DtlsIdentity identity, IceCredentials credentials, Handler handler) {
    this.loop = loop;
    this.identity = identity;
    this.credentials = credentials;
    this.handler = handler;
    this.lastCheck = loop.now();
    loop.register(this);
    loop.listen(credentials.fragment(), this);
  }

  /** What the client must name to reach this link. */
  public IceCredentials credentials() {
    return credentials;
  }

  /** Where it stands. */
  public State state() {
    return state;
  }

  /** The loop it lives on. */
  public MediaLoop loop() {
    return loop;
  }

  /** What went through. */
  public LinkCounters counters() {
    return counters;
  }

  /**
   * Says which certificate the client will show. A changed one while secured means a new handshake
   * and new keys; the old keys serve until then.
   */
  public void expect(DtlsFingerprint expected) {
    boolean changed = fingerprint != null && !fingerprint.equals(expected);
    if (fingerprint == null) {
      lastCheck = loop.now();
    }
    fingerprint = expected;
    if (changed && association != null) {
      association.close();
      association = null;
    }
    if (state != State.NEW && state != State.ENDED && association == null) {
      shakeHands(expected);
    }
  }

  /** ICE restart (RFC 8445 §9): the old credentials hold until a check came with the new ones. */
  public void restart(IceCredentials fresh) {
    if (former != null) {
      loop.deafen(former.fragment());
    }
    former = credentials;
    credentials = fresh;
    loop.listen(fresh.fragment(), this);
  }

  /** Whether packets can be sent. */
  public boolean secured() {
    return state == State.SECURED;
  }

  /** Whether packets go over TCP now. */
  public boolean overTcp() {
    return connection != null;
  }

  /** The profile in use, when secured. */
  public @Nullable SrtpProfile profile() {
    return sender == null ? null : sender.profile();
  }

  /** A connectivity check for this link; tells whether it was authentic. */
  boolean check(StunMessage request, String fragment, long source, @Nullable TcpConnection from) {
    IceCredentials known = known(fragment);
    if (known == null || !request.authentic(known.password()) || state == State.ENDED) {
      return false;
    }
    if (request.has(StunMessage.ICE_CONTROLLED)) {
      // A lite agent is always controlled (RFC 8445 §6.1.1), so the other side must change.
      answer(request, known, StunMessage.BINDING_ERROR, source, from);
      return true;
    }
    lastCheck = loop.now();
    if (known == credentials && former != null) {
      loop.deafen(former.fragment());
      former = null;
      restarted = true;
    }
    Destination path = from == null ? path(source) : null;
    if (from == null && path == null) {
      return false;
    }
    answer(request, known, StunMessage.BINDING_SUCCESS, source, from);
    select(request.has(StunMessage.USE_CANDIDATE), path, from);
    if (restarted && request.has(StunMessage.USE_CANDIDATE)) {
      restarted = false;
      handler.restarted();
    }
    return true;
  }

  private @Nullable IceCredentials known(String fragment) {
    if (credentials.fragment().equals(fragment)) {
      return credentials;
    }
    return former != null && former.fragment().equals(fragment) ? former : null;
  }

  private @Nullable Destination path(long source) {
    for (Destination each : paths) {
      boolean same =
          SocketAddresses.high(each.address) == SocketAddresses.high(source)
              && SocketAddresses.low(each.address) == SocketAddresses.low(source)
              && SocketAddresses.port(each.address) == SocketAddresses.port(source);
      if (same) {
        // Another link may have had this address since, after the client's NAT gave it anew.
        loop.bind(each.address, this);
        return each;
      }
    }
    if (paths.size() == PATHS_MAX) {
      return null;
    }
    long block = addresses.address() + (long) paths.size() * SocketAddresses.BYTES;
    Memory.copy(source, block, SocketAddresses.BYTES);
    Destination path = new Destination(block);
    paths.add(path);
    loop.bind(block, this);
    return path;
  }

  private void answer(
      StunMessage request,
      IceCredentials known,
      int type,
      long source,
      @Nullable TcpConnection from) {
    InetSocketAddress seen = from == null ? SocketAddresses.read(source) : from.remote();
    StunWriter writer = new StunWriter(type, request.transaction());
    if (type == StunMessage.BINDING_SUCCESS) {
      writer.mappedAddress(seen);
    } else {
      writer.error(487, "Role Conflict");
    }
    byte[] answer = writer.finish(known.password());
    if (from != null) {
      from.send(answer);
      return;
    }
    Destination to = path(source);
    if (to != null) {
      sendUdp(to, answer);
    }
  }

  private void select(boolean nominated, @Nullable Destination path, @Nullable TcpConnection from) {
    if (from != null) {
      loop.bind(from, this);
    }
    boolean first = destination == null && connection == null;
    if (first || nominated) {
      destination = path;
      connection = from;
    }
    if (state == State.NEW) {
      state = State.REACHABLE;
      if (fingerprint != null) {
        shakeHands(fingerprint);
      }
    }
  }

  /** A TCP connection of this link is gone; another path may come with the next check. */
  void lost(TcpConnection gone) {
    if (connection == gone) {
      connection = null;
      destination = null;
    }
  }

  private void shakeHands(DtlsFingerprint expected) {
    DtlsServer server =
        new DtlsServer(
            identity, expected, (in, out) -> loop.execute(() -> keyed(expected, in, out)));
    DtlsAssociation[] self = new DtlsAssociation[1];
    self[0] =
        DtlsAssociation.start(
            server.handshake(),
            datagram -> loop.offer(() -> sendPlain(datagram)),
            reason -> loop.offer(() -> associationEnded(self[0], reason)));
    association = self[0];
  }

  private void keyed(DtlsFingerprint shown, SrtpKeys inbound, SrtpKeys outbound) {
    if (state == State.ENDED || !shown.equals(fingerprint)) {
      return;
    }
    retireKeys();
    receiver = new SrtpReceiver(loop.cipher(), inbound);
    sender = new SrtpSender(loop.cipher(), outbound);
    state = State.SECURED;
    LOG.debug("link {} secured with {}", credentials, inbound.profile());
    handler.secured();
  }

  private void associationEnded(DtlsAssociation over, String reason) {
    if (over == association) {
      close(reason);
    }
  }

  void dtls(byte[] datagram) {
    if (association == null) {
      loop.counters().early++;
    } else {
      association.receive(datagram);
    }
  }

  /** An SRTP or SRTCP packet; told apart by RFC 5761 §4. */
  void media(long packet, int length, long arrivalMicros) {
    SrtpReceiver keyed = receiver;
    if (keyed == null || length < 8) {
      loop.counters().early++;
      return;
    }
    int type = Memory.u8(packet + 1);
    boolean rtcp = type >= 192 && type < 224;
    int plain = rtcp ? keyed.openRtcp(packet, length) : keyed.openRtp(packet, length);
    if (plain < 0) {
      refused(plain);
      return;
    }
    counters.packetsIn++;
    counters.bytesIn += length;
    if (rtcp) {
      handler.rtcp(packet, plain);
    } else {
      handler.rtp(packet, plain, arrivalMicros);
    }
  }

  private void refused(int reason) {
    counters.refused++;
    switch (reason) {
      case SrtpReceiver.FORGED -> loop.counters().forged++;
      case SrtpReceiver.REPLAYED -> loop.counters().replayed++;
      default -> loop.counters().malformed++;
    }
  }

  /**
   * Protects and queues an RTP packet.
   *
   * @param packet lies in a slot of this loop's socket
   * @param index the extended sequence number of its SSRC
   */
  public void sendRtp(long packet, int headerLength, int length, long index) {
    SrtpSender keyed = sender;
    if (keyed != null) {
      transmit(packet, keyed.protectRtp(packet, headerLength, length, index));
    }
  }

  /** Protects and queues a compound RTCP packet that lies in a slot. */
  public void sendRtcp(long packet, int length) {
    SrtpSender keyed = sender;
    if (keyed != null) {
      transmit(packet, keyed.protectRtcp(packet, length));
    }
  }

  private void transmit(long packet, int length) {
    counters.packetsOut++;
    counters.bytesOut += length;
    if (connection != null) {
      connection.send(Memory.bytes(packet, length));
    } else if (destination != null) {
      loop.io().send(destination, packet, length);
    }
  }

  private void sendPlain(byte[] datagram) {
    if (connection != null) {
      connection.send(datagram);
    } else if (destination != null && state != State.ENDED) {
      sendUdp(destination, datagram);
    }
  }

  private void sendUdp(Destination to, byte[] datagram) {
    long slot = loop.io().slot();
    Memory.copyIn(datagram, 0, slot, datagram.length);
    loop.io().send(to, slot, datagram.length);
  }

  void tick(long now) {
    // Before the client has described itself nobody is late: its offer may not even be asked for.
    boolean awaited = state != State.NEW || fingerprint != null;
    if (awaited && now - lastCheck > CONSENT_NANOS) {
      close(state == State.NEW ? "nobody came" : "consent ran out");
    }
  }

  @Override
  public String toString() {
    return credentials.fragment();
  }

  /** Ends the link. The keys and addresses go once nothing queued needs them. */
  public void close(String reason) {
    if (state == State.ENDED) {
      return;
    }
    state = State.ENDED;
    loop.forget(this);
    if (association != null) {
      association.close();
      association = null;
    }
    retireKeys();
    loop.retire(addresses);
    handler.ended(reason);
  }

  private void retireKeys() {
    if (sender != null) {
      loop.retire(sender);
      sender = null;
    }
    if (receiver != null) {
      loop.retire(receiver);
      receiver = null;
    }
  }
}
