package dev.parley.kit.base;

/**
 * Thrown by a service to say no to its caller. It is an answer, not a fault: it carries no stack
 * trace, rolls the transaction back, and the feature's {@code wire} package maps its {@link
 * Refusal} to a status and a code in one exhaustive switch.
 */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Refusal refusal;

  public Refused(Refusal refusal) {
    super(refusal.toString(), null, false, false);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
