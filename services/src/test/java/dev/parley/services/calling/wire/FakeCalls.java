package dev.parley.services.calling.wire;

import dev.parley.kit.base.Refused;
import dev.parley.services.calling.CallAction;
import dev.parley.services.calling.CallClient;
import dev.parley.services.calling.CallId;
import dev.parley.services.calling.CallKind;
import dev.parley.services.calling.CallLocator;
import dev.parley.services.calling.CallRefusal;
import dev.parley.services.calling.CallRole;
import dev.parley.services.calling.CallView;
import dev.parley.services.calling.Calls;
import dev.parley.services.calling.EndReason;
import dev.parley.services.calling.LegId;
import dev.parley.services.calling.StreamKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Calls that note what they are asked; what happens while they are asked is up to the test. */
final class FakeCalls implements Calls {
  static final CallId CALL = new CallId(new UUID(1, 2));
  static final LegId LEG = new LegId(new UUID(3, 4));

  final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  volatile Runnable meanwhile = () -> {};
  volatile List<CallView> calls = List.of();

  String next() throws InterruptedException {
    return String.valueOf(asked.poll(20, TimeUnit.SECONDS));
  }

  private void note(String what) {
    asked.add(what);
    meanwhile.run();
  }

  static CallView.Participant participant(String user, boolean muted) {
    return new CallView.Participant(
        new CallView.Person(user, user),
        CallView.ParticipantState.CONNECTED,
        CallRole.PRESENTER,
        muted,
        List.of(new CallView.Stream(3, StreamKind.SCREEN_SHARING)),
        Optional.empty(),
        Optional.of(1),
        new CallView.Access(true, true));
  }

  static CallView view() {
    return new CallView(
        CALL,
        LEG,
        CallKind.ONE_TO_ONE,
        Optional.of(new CallLocator.Group("g")),
        false,
        CallView.State.LOCAL_HOLD,
        Instant.parse("2027-01-01T00:00:00Z"),
        new CallView.Person("ann", "Ann"),
        false,
        new CallView.Access(true, false),
        participant("ann", true),
        Map.of("turnVideoOn", new CallView.Capability(true, "Capable")),
        List.of(participant("ben", false)));
  }

  @Override
  public CallView start(
      CallClient client, List<String> users, boolean muted, boolean video, String threadId) {
    note("start " + client.user() + " " + users + " " + client.mayStart());
    return view();
  }

  @Override
  public CallView join(CallClient client, CallLocator locator, boolean muted, boolean lobby) {
    note("join " + client.user() + " as " + client.displayName());
    return view();
  }

  @Override
  public CallView come(CallClient client, CallId call, boolean muted) {
    note("come " + client.user() + " to " + call);
    return view();
  }

  @Override
  public CallView accept(CallClient client, CallId call, boolean muted, boolean video) {
    note("accept");
    return view();
  }

  @Override
  public void reject(CallClient client, CallId call) {
    note("reject");
    throw new Refused(new CallRefusal.UnknownCall());
  }

  @Override
  public CallView rejoin(CallClient client, CallId call, LegId leg) {
    note("rejoin");
    throw new Refused(new CallRefusal.RoomClosed(EndReason.NOT_INVITED));
  }

  @Override
  public void act(CallClient client, CallId call, CallAction action) {
    note("act " + action);
  }

  @Override
  public String survey(CallClient client, CallId call, String json) {
    note("survey");
    throw new IllegalStateException("a bug");
  }

  @Override
  public String publish(CallClient client, CallId call, String sdp, Map<String, StreamKind> kinds) {
    note("publish");
    throw new Refused(new CallRefusal.MediaRefused("no"));
  }

  @Override
  public void answer(CallClient client, CallId call, int number, String sdp) {
    note("answer " + number);
  }

  @Override
  public void restartMedia(CallClient client, CallId call) {
    note("restart");
  }

  @Override
  public void view(CallClient client, CallId call, int stream, int height, boolean pinned) {
    note("view " + stream);
  }

  @Override
  public String statistics(CallClient client, CallId call) {
    note("statistics");
    return "{\"sent\":1}";
  }

  @Override
  public List<CallView> callsOf(CallClient client) {
    return calls;
  }

  @Override
  public void arrived(CallClient client) {
    note("arrived " + client.user());
  }

  @Override
  public void disconnected(CallClient client) {
    note("disconnected " + client.user());
  }

  @Override
  public void reconnected(CallClient client) {
    note("reconnected " + client.user());
  }

  @Override
  public void left(CallClient client, EndReason reason) {
    note("left " + client.user() + " " + reason);
  }
}
