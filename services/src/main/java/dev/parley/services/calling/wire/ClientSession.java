package dev.parley.services.calling.wire;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Mailbox;
import dev.parley.services.calling.CallClient;
import dev.parley.services.calling.CallNotice;
import dev.parley.services.calling.EndReason;
import dev.parley.services.calling.wire.ClientMessage.CallRequest;
import dev.parley.services.calling.wire.ClientMessage.Goodbye;
import dev.parley.services.calling.wire.ClientMessage.Hello;
import dev.parley.services.calling.wire.ClientMessage.Numbered;
import dev.parley.services.calling.wire.ClientMessage.Ping;
import dev.parley.services.calling.wire.ClientMessage.Token;
import dev.parley.services.calling.wire.ClientMessage.Unusable;
import dev.parley.services.connections.Bearer;
import dev.parley.services.connections.Connection;
import dev.parley.services.connections.Connections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's session: feeds its {@link SessionDecision}s and does what they want. All fields that
 * change are guarded by the lock, under which nothing waits: sockets only queue. Requests run one
 * after the other on a virtual thread of the session.
 *
 * <p>While an answer that holds whole calls is under way, notices are held back: one that went out
 * before the answer would be older or newer than it, and nobody could tell. All that came while
 * they were held follows in its order, so what the client knows last is right.
 */
final class ClientSession implements Connection {
  private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);
  private final SessionIdentity identity;
  private final ClientSessions sessions;
  private final CallRequests requests;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Mailbox<Runnable> work;
  private final AnswerMemory answers = new AnswerMemory(SignallingLimits.ANSWERS_MAX);
  private final KeptNotices kept = new KeptNotices(SignallingLimits.KEPT_MAX);
  private final RequestRate rate;

  private SessionState state = SessionState.FRESH;
  private CallClient client;
  private Bearer bearer;
  private boolean incoming;
  private int waiting;
  private int holds;
  private List<CallNotice> held = new ArrayList<>();
  private @Nullable SignallingSocket socket;
  private Connections.@Nullable Place place;
  private Clock.@Nullable Timer returning;

  /** Whether calls were told that the client is away. Only the session's own thread asks. */
  private boolean toldAway;

  ClientSession(
      SessionIdentity identity,
      Holder holder,
      ClientSessions sessions,
      CallRequests requests,
      Clock clock) {
    this.identity = identity;
    this.client = holder.client();
    this.bearer = holder.bearer();
    this.sessions = sessions;
    this.requests = requests;
    this.clock = clock;
    this.rate = new RequestRate(clock.nanoTime());
    this.work = new Mailbox<>("signalling", 2 * SignallingLimits.WAITING_MAX, Runnable::run);
  }

  /** Who a token says that the client is. */
  record Holder(CallClient client, Bearer bearer) {}

  SessionIdentity identity() {
    return identity;
  }

  @Override
  public Bearer bearer() {
    return locked(() -> bearer);
  }

  private <T> T locked(Supplier<T> reading) {
    lock.lock();
    try {
      return reading.get();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the client is there and wants to hear of calls for its user. */
  boolean rings() {
    return locked(
        () -> incoming && (state == SessionState.CONNECTED || state == SessionState.GREETING));
  }

  String displayName() {
    return locked(() -> client.displayName());
  }

  boolean isAway() {
    return locked(() -> state == SessionState.AWAY);
  }

  /**
   * Stands among the connections with its holder's token, in the place of an earlier one; the token
   * may end the session before this returns.
   */
  void enter(Connections connections, Holder holder) {
    Connections.Place before =
        locked(() -> {
          client = holder.client();
          bearer = holder.bearer();
          return place;
        });
    Connections.Place entered = connections.enter(this);
    lock.lock();
    try {
      place = entered;
      if (state == SessionState.ENDED) {
        entered.leave();
      }
    } finally {
      lock.unlock();
    }
    if (before != null) {
      before.leave();
    }
  }

  /** A socket said hello; false when the session is over. */
  boolean attach(SignallingSocket fresh, long helloId, boolean rings, boolean resumed) {
    lock.lock();
    try {
      if (state == SessionState.ENDED) {
        return false;
      }
      SignallingSocket before = socket;
      socket = fresh;
      incoming = rings;
      fresh.belongTo(this);
      on(SessionEvent.ATTACHED, before, () -> greet(fresh, helloId, resumed));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Its socket is closed; one that was replaced does not count. */
  void lost(SignallingSocket closed) {
    lock.lock();
    try {
      if (socket == closed) {
        on(SessionEvent.LOST);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void unauthorized() {
    take(SessionEvent.UNAUTHORIZED);
  }

  void stopping() {
    take(SessionEvent.STOPPING);
  }

  /** The client is given up to make room for another one. */
  void giveUp() {
    take(SessionEvent.RETURN_OVER);
  }

  void cutWhenSilent() {
    SignallingSocket current = locked(() -> socket);
    if (current != null) {
      current.cutWhenSilent();
    }
  }

  /** A message came on {@code from}. */
  void received(SignallingSocket from, ClientMessage message) {
    lock.lock();
    try {
      if (socket == from) {
        received(message);
      }
    } finally {
      lock.unlock();
    }
  }

  private void received(ClientMessage message) {
    switch (message) {
      case Ping ping -> send(Frames.PONG);
      case Unusable unusable ->
          queue(
              unusable.id(),
              () -> answered(unusable.id(), Frames.error(unusable.id(), unusable.error())));
      case Numbered numbered -> {
        long id = numbered.id();
        switch (numbered.request()) {
          case Hello hello -> send(Frames.error(id, CallingErrors.NOT_FIRST));
          case Goodbye goodbye -> {
            send(Frames.answer(id, Map.of()));
            on(SessionEvent.GOODBYE);
          }
          case Token token -> queue(id, () -> renew(id, token));
          case CallRequest request -> queue(id, () -> ask(id, request));
        }
      }
    }
  }

  /** Lets a request wait for its turn, or says at once that there are too many. */
  private void queue(long id, Runnable run) {
    boolean full = waiting >= SignallingLimits.WAITING_MAX;
    if (!rate.take(clock.nanoTime()) || full) {
      send(Frames.error(id, CallingErrors.TOO_FAST));
      if (rate.isFlood() && socket != null) {
        socket.close(SignallingSocket.TOO_MANY, "too many requests");
      }
      return;
    }
    waiting++;
    if (!work.offer(() -> turn(id, run))) {
      waiting--;
    }
  }

  /** A request's turn: answered from memory when it was asked before. */
  private void turn(long id, Runnable run) {
    lock.lock();
    try {
      waiting--;
      if (state == SessionState.ENDED) {
        return;
      }
      String before = answers.find(id);
      if (before != null || answers.isForgotten(id)) {
        sendWhenConnected(before == null ? Frames.error(id, CallingErrors.FORGOTTEN) : before);
        return;
      }
    } finally {
      lock.unlock();
    }
    run.run();
  }

  private void ask(long id, CallRequest request) {
    CallClient asking =
        locked(() -> {
          holds += request.givesView() ? 1 : 0;
          return client;
        });
    String answer = requests.answer(asking, id, request);
    lock.lock();
    try {
      answered(id, answer);
      if (request.givesView()) {
        release();
      }
    } finally {
      lock.unlock();
    }
  }

  private void renew(long id, Token token) {
    boolean taken = sessions.renew(this, token.token());
    answered(
        id, taken ? Frames.answer(id, Map.of()) : Frames.error(id, CallingErrors.TOKEN_REFUSED));
  }

  private void answered(long id, String answer) {
    lock.lock();
    try {
      answers.remember(id, answer);
      sendWhenConnected(answer);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Before the hello is answered nothing else goes out; the client asks again for what it misses.
   */
  private void sendWhenConnected(String text) {
    if (state == SessionState.CONNECTED) {
      send(text);
    }
  }

  private void send(String text) {
    if (socket != null) {
      socket.send(text);
    }
  }

  /** Answers a hello. Runs on the session's thread, after every request that came before. */
  private void greet(SignallingSocket greeted, long helloId, boolean resumed) {
    CallClient asking = locked(() -> client);
    boolean rings = false;
    try {
      String answer = Frames.answer(helloId, welcome(asking, resumed));
      rings = greeted(greeted, answer);
    } catch (RuntimeException failed) {
      LOG.error("client {} cannot be told its calls; it is to come again", asking.id(), failed);
      greeted.cut();
    } finally {
      lock.lock();
      try {
        release();
      } finally {
        lock.unlock();
      }
    }
    if (rings) {
      requests.calls().arrived(asking);
    }
  }

  private Object welcome(CallClient asking, boolean resumed) {
    if (toldAway) {
      toldAway = false;
      requests.calls().reconnected(asking);
    }
    return sessions.welcome(identity, resumed, requests.calls().callsOf(asking), asking.user());
  }

  /** Sends the answer, unless the socket is gone or replaced; gives whether the client rings. */
  private boolean greeted(SignallingSocket greeted, String answer) {
    lock.lock();
    try {
      if (socket != greeted || state != SessionState.GREETING) {
        return false;
      }
      send(answer);
      on(SessionEvent.GREETED);
      kept.takeAll().forEach(this::deliver);
      return incoming;
    } finally {
      lock.unlock();
    }
  }

  /** Tells the client; kept while it is away, when it cannot learn it otherwise. Never blocks. */
  void tell(CallNotice notice) {
    lock.lock();
    try {
      if (holds == 0) {
        deliver(notice);
      } else if (held.size() < SignallingLimits.HELD_MAX) {
        held.add(notice);
      } else if (socket != null) {
        socket.cut();
      }
    } finally {
      lock.unlock();
    }
  }

  private void release() {
    if (--holds == 0) {
      List<CallNotice> waited = held;
      held = new ArrayList<>();
      waited.forEach(this::deliver);
    }
  }

  private void deliver(CallNotice notice) {
    switch (state) {
      case CONNECTED -> {
        kept.sent(notice);
        send(Frames.notice(notice));
      }
      case AWAY, GREETING -> kept.keep(notice);
      case FRESH, ENDED -> {
        // Nobody is there to be told.
      }
    }
  }

  private void take(SessionEvent event) {
    lock.lock();
    try {
      on(event);
    } finally {
      lock.unlock();
    }
  }

  private void on(SessionEvent event) {
    on(event, socket, () -> {});
  }

  private void on(SessionEvent event, @Nullable SignallingSocket before, Runnable greet) {
    SessionDecision decision = SessionDecision.decide(state, event);
    boolean ends = state != SessionState.ENDED && decision.next() == SessionState.ENDED;
    state = decision.next();
    for (SessionEffect effect : decision.effects()) {
      run(effect, event, before, greet);
    }
    if (ends) {
      ended();
    }
  }

  private void run(
      SessionEffect effect, SessionEvent event, @Nullable SignallingSocket before, Runnable greet) {
    switch (effect) {
      case REPLACE_SOCKET -> {
        if (before != null) {
          before.close(SignallingSocket.TAKEN_OVER, "taken over by another socket");
        }
      }
      case GREET -> {
        holds++;
        work.offer(greet);
      }
      case WAIT -> {
        socket = null;
        returning = clock.after(SignallingLimits.RETURN, () -> take(SessionEvent.RETURN_OVER));
        work.offer(this::tellAway);
      }
      case STOP_WAITING -> stopWaiting();
      case LEAVE -> {
        EndReason reason = reason(event);
        CallClient leaving = client;
        work.offer(() -> requests.calls().left(leaving, reason));
      }
      case CLOSE -> close(event);
    }
  }

  private void tellAway() {
    toldAway = true;
    requests.calls().disconnected(locked(() -> client));
  }

  private void stopWaiting() {
    if (returning != null) {
      returning.cancel();
      returning = null;
    }
  }

  private static EndReason reason(SessionEvent event) {
    return switch (event) {
      case GOODBYE -> EndReason.HUNG_UP;
      case UNAUTHORIZED -> EndReason.ACCESS_DENIED;
      case ATTACHED, GREETED, LOST, RETURN_OVER, STOPPING -> EndReason.CONNECTION_LOST;
    };
  }

  private void close(SessionEvent event) {
    if (socket == null) {
      return;
    }
    switch (event) {
      case UNAUTHORIZED ->
          socket.closeWithoutRest(SignallingSocket.UNAUTHORIZED, "the token is not valid any more");
      case STOPPING -> socket.close(SignallingSocket.STOPPING, "the server stops");
      case ATTACHED, GREETED, LOST, RETURN_OVER, GOODBYE -> socket.close(SignallingSocket.LEFT, "");
    }
  }

  private void ended() {
    stopWaiting();
    if (place != null) {
      place.leave();
    }
    sessions.ended(this);
  }
}
