package dev.parley.services.calling.wire;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The last answers of a session, so that a request sent again has no second effect. */
final class AnswerMemory {
  private final int max;
  private final SequencedMap<Long, String> answers = new LinkedHashMap<>();
  private long forgotten;

  AnswerMemory(int max) {
    this.max = max;
  }

  @Nullable String find(long id) {
    return answers.get(id);
  }

  /** Whether the request is so old that its answer, if it had one, is not known any more. */
  boolean isForgotten(long id) {
    return id <= forgotten && !answers.containsKey(id);
  }

  void remember(long id, String answer) {
    answers.put(id, answer);
    while (answers.size() > max) {
      forgotten = Math.max(forgotten, answers.pollFirstEntry().getKey());
    }
  }
}
