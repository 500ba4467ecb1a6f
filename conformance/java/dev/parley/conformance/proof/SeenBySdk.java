package dev.parley.conformance.proof;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import dev.parley.conformance.ledger.Exchange;
import java.net.URL;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** Listens in an SDK's own pipeline: every request and the status that the SDK was given. */
public final class SeenBySdk implements HttpPipelinePolicy {

  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

  /** All exchanges so far, in the order of the answers. */
  public List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
    return next.process().doOnNext(response -> keep(call.getHttpRequest(), response));
  }

  @Override
  public HttpResponse processSync(HttpPipelineCallContext call, HttpPipelineNextSyncPolicy next) {
    HttpResponse response = next.processSync();
    keep(call.getHttpRequest(), response);
    return response;
  }

  private void keep(HttpRequest request, HttpResponse response) {
    URL url = request.getUrl();
    String method = request.getHttpMethod().toString();
    exchanges.add(new Exchange(method, url.getFile(), response.getStatusCode()));
  }
}
