package dev.parley.kit.http;

import dev.parley.kit.base.Refused;
import dev.parley.kit.sql.StoreUnavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What happens to a request between the socket and its operation, in this order: address limits,
 * CORS, route, body, credential, right, rate, repeatability, operation. It knows no server library;
 * {@link JettyAdapter} brings requests here and carries answers away.
 */
public final class Pipeline {
  /** The key under which log lines carry the id of the request. */
  public static final String REQUEST = "request";

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final Routes routes;
  private final Credentials credentials;
  private final AddressLimits addresses;
  private final RateLimits rates;
  private final Repeatability repeatability;
  private final BaseUrls baseUrls;
  private final RequestListener listener;
  private final int usualBodyBytesMax;

  /**
   * @param usualBodyBytesMax the limit of those operations that have none of their own
   */
  public Pipeline(
      Routes routes,
      Credentials credentials,
      AddressLimits addresses,
      RateLimits rates,
      Repeatability repeatability,
      BaseUrls baseUrls,
      RequestListener listener,
      int usualBodyBytesMax) {
    this.routes = routes;
    this.credentials = credentials;
    this.addresses = addresses;
    this.rates = rates;
    this.repeatability = repeatability;
    this.baseUrls = baseUrls;
    this.listener = listener;
    this.usualBodyBytesMax = usualBodyBytesMax;
  }

  /** Reads the body of the request, at most so many bytes; called at most once. */
  @FunctionalInterface
  public interface Body {
    byte[] read(int bytesMax);
  }

  /** Answers a request; never throws, whatever the operation does. */
  public Answer answer(Incoming incoming, Body body) {
    try (MDC.MDCCloseable logged = MDC.putCloseable(REQUEST, incoming.requestId())) {
      return answerLogged(incoming, body);
    }
  }

  private Answer answerLogged(Incoming incoming, Body body) {
    RequestListener.Running running = listener.began(incoming);
    Routes.@Nullable Target target = null;
    Answer answer;
    try {
      addresses.admit(incoming.remoteAddress());
      if (Cors.isPreflight(incoming)) {
        answer = Answer.empty(204);
      } else {
        target = routes.find(incoming);
        answer = run(target, incoming, body, running);
      }
    } catch (RuntimeException refused) {
      answer = ErrorEnvelope.answer(problem(refused, target, incoming), incoming.requestId());
    } catch (StackOverflowError | OutOfMemoryError broken) {
      LOG.error("request {} broke", incoming.requestId(), broken);
      answer = ErrorEnvelope.answer(INTERNAL, incoming.requestId());
    }
    answer = Cors.expose(incoming, answer);
    running.answered(target == null ? null : target.operation(), answer.status());
    return answer;
  }

  private Answer run(
      Routes.Target target, Incoming incoming, Body body, RequestListener.Running running) {
    Operation operation = target.operation();
    if (!(operation.access() instanceof Access.Anyone) && !incoming.hasCredential()) {
      throw Denials.MISSING_CREDENTIAL.exception();
    }
    byte[] bytes = body.read(bodyBytesMax(operation));
    Caller caller = authenticate(operation, incoming, bytes);
    Denials.requireRight(operation.access(), caller);
    running.identified(caller);
    QueryString query = QueryString.parse(incoming.rawQuery());
    if (operation.versioned()) {
      ApiVersion.require(query);
    }
    rates.take(caller, operation);
    String baseUrl = baseUrls.of(incoming.host());
    Exchange exchange =
        new Exchange(incoming, operation, target.parameters(), query, bytes, caller, baseUrl);
    return repeatability.once(exchange, () -> operation.handler().answer(exchange));
  }

  private int bodyBytesMax(Operation operation) {
    int max = operation.bodyBytesMax();
    return max == Operation.BODY_BYTES_DEFAULT ? usualBodyBytesMax : max;
  }

  private Caller authenticate(Operation operation, Incoming incoming, byte[] body) {
    if (operation.access() instanceof Access.Anyone) {
      return new Caller.Anonymous();
    }
    try {
      return credentials.check(incoming, body);
    } catch (ProblemException denied) {
      if (denied.problem().status() == 401) {
        addresses.failed(incoming.remoteAddress());
      }
      throw denied;
    }
  }

  private static final Problem INTERNAL =
      new Problem(500, "InternalServerError", "The server failed to answer this request.");

  private Problem problem(
      RuntimeException thrown, Routes.@Nullable Target target, Incoming incoming) {
    if (thrown instanceof ProblemException known) {
      return known.problem();
    }
    if (thrown instanceof Refused refused && target != null) {
      return problem(refused, target, incoming);
    }
    if (thrown instanceof StoreUnavailable unavailable) {
      LOG.warn("request {}: store unavailable: {}", incoming.requestId(), unavailable.getMessage());
      String message = "The store is not available now; nothing of this request was kept.";
      return new Problem(503, "ServiceUnavailable", message).withRetryAfter(1);
    }
    if (thrown instanceof InvalidBody invalid) {
      return Problem.badRequest(String.valueOf(invalid.getMessage()), invalid.field());
    }
    LOG.error("request {} {} failed", incoming.requestId(), incoming.method(), thrown);
    return INTERNAL;
  }

  /** A refusal that its feature does not know how to say is a bug, and must be answered too. */
  private static Problem problem(Refused refused, Routes.Target target, Incoming incoming) {
    try {
      return target.table().problem(refused.refusal());
    } catch (RuntimeException unmapped) {
      String name = target.operation().name();
      LOG.error("request {} {}: {} is not mapped", incoming.requestId(), name, refused, unmapped);
      return INTERNAL;
    }
  }
}
