package dev.parley.server.problem;

/** Ends a command with a {@link Problem}; an answer to a person, so it carries no stack trace. */
public final class Stopped extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Problem problem;

  public Stopped(Problem problem) {
    super(problem.toString(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
