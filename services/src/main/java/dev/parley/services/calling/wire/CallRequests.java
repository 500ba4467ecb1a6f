package dev.parley.services.calling.wire;

import dev.parley.kit.base.Refused;
import dev.parley.kit.http.Json;
import dev.parley.services.calling.CallClient;
import dev.parley.services.calling.CallRefusal;
import dev.parley.services.calling.CallView;
import dev.parley.services.calling.Calls;
import dev.parley.services.calling.wire.ClientMessage.CallRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks {@link Calls} what a client asks for, and makes the answer of it. Blocks. */
final class CallRequests {
  private static final Logger LOG = LoggerFactory.getLogger(CallRequests.class);
  private final Calls calls;

  CallRequests(Calls calls) {
    this.calls = calls;
  }

  Calls calls() {
    return calls;
  }

  /** The answer or the refusal, as it goes out. */
  String answer(CallClient client, long id, CallRequest request) {
    try {
      return Frames.answer(id, ask(client, request));
    } catch (Refused refused) {
      return refused.refusal() instanceof CallRefusal refusal
          ? Frames.error(id, CallingErrors.of(refusal))
          : failed(client, id, request, refused);
    } catch (RuntimeException failed) {
      return failed(client, id, request, failed);
    }
  }

  private static String failed(
      CallClient client, long id, CallRequest request, RuntimeException cause) {
    LOG.error("a {} of client {} failed", request.getClass().getSimpleName(), client.id(), cause);
    return Frames.error(id, CallingErrors.SERVER_FAILED);
  }

  private Object ask(CallClient client, CallRequest request) {
    return switch (request) {
      case ClientMessage.Start start ->
          call(calls.start(client, start.users(), start.muted(), start.video(), start.threadId()));
      case ClientMessage.Join join ->
          call(calls.join(client, join.locator(), join.muted(), join.lobby()));
      case ClientMessage.Come come -> call(calls.come(client, come.call(), come.muted()));
      case ClientMessage.Accept accept ->
          call(calls.accept(client, accept.call(), accept.muted(), accept.video()));
      case ClientMessage.Rejoin rejoin -> call(calls.rejoin(client, rejoin.call(), rejoin.leg()));
      case ClientMessage.Reject reject -> done(() -> calls.reject(client, reject.call()));
      case ClientMessage.Act act -> done(() -> calls.act(client, act.call(), act.action()));
      case ClientMessage.Survey survey ->
          Map.of("id", calls.survey(client, survey.call(), survey.json()));
      case ClientMessage.Statistics statistics ->
          Json.readObject(
              calls.statistics(client, statistics.call()).getBytes(StandardCharsets.UTF_8));
      case ClientMessage.Publish publish ->
          Map.of("sdp", calls.publish(client, publish.call(), publish.sdp(), publish.kinds()));
      case ClientMessage.Answer answer ->
          done(() -> calls.answer(client, answer.call(), answer.number(), answer.sdp()));
      case ClientMessage.Restart restart -> done(() -> calls.restartMedia(client, restart.call()));
      case ClientMessage.View view ->
          done(() -> calls.view(client, view.call(), view.stream(), view.height(), view.pinned()));
    };
  }

  private static Object call(CallView view) {
    return Map.of("call", Frames.call(view));
  }

  private static Object done(Runnable work) {
    work.run();
    return Map.of();
  }
}
