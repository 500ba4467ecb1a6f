package dev.parley.bench.media;

import dev.parley.media.api.Conference;
import dev.parley.media.api.ConferenceListener;
import dev.parley.media.api.Endpoint;
import dev.parley.media.api.EndpointId;
import dev.parley.media.api.MediaEngine;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The engine through its own interface alone. */
final class DirectSignalling implements Signalling {
  private final MediaEngine engine;
  private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
  private volatile Conference conference;

  DirectSignalling(MediaEngine engine) {
    this.engine = engine;
    this.conference = engine.createConference(new ConferenceListener() {});
  }

  @Override
  public synchronized void openRoom() {
    conference.close();
    endpoints.clear();
    conference = engine.createConference(new ConferenceListener() {});
  }

  private Endpoint endpoint(String name) {
    return endpoints.computeIfAbsent(name, each -> conference.join(new EndpointId(each)).join());
  }

  @Override
  public String publish(String name, String offer) {
    return endpoint(name).publish(offer).join();
  }

  @Override
  public String offer(String name) {
    return endpoint(name).offer().join();
  }

  @Override
  public void answer(String name, String answer) {
    endpoint(name).answer(answer).join();
  }
}
