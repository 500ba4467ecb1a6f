package dev.parley.kit.http;

import org.jspecify.annotations.Nullable;

/** Sees every request begin and end, for metrics, traces and the request log. */
public interface RequestListener {
  Running began(Incoming incoming);

  /** One request on its way. */
  interface Running {
    /** The credential was proven. */
    void identified(Caller caller);

    /** The answer stands; {@code operation} is null when none was found. */
    void answered(@Nullable Operation operation, int status);
  }

  /** A listener that looks away. */
  static RequestListener none() {
    Running nothing =
        new Running() {
          @Override
          public void identified(Caller caller) {}

          @Override
          public void answered(@Nullable Operation operation, int status) {}
        };
    return incoming -> nothing;
  }

  /** Tells two listeners; what the first began ends last. */
  static RequestListener both(RequestListener outer, RequestListener inner) {
    return incoming -> {
      Running first = outer.began(incoming);
      Running second = inner.began(incoming);
      return new Running() {
        @Override
        public void identified(Caller caller) {
          first.identified(caller);
          second.identified(caller);
        }

        @Override
        public void answered(@Nullable Operation operation, int status) {
          second.answered(operation, status);
          first.answered(operation, status);
        }
      };
    };
  }
}
