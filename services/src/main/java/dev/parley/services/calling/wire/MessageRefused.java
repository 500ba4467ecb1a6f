package dev.parley.services.calling.wire;

/** A request is refused before it was asked: an answer, so it carries no stack trace. */
final class MessageRefused extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient ErrorBody body;

  MessageRefused(ErrorBody body) {
    super(body.message(), null, false, false);
    this.body = body;
  }

  /**
   * What a refused request is answered (the protocol, §10).
   *
   * @param subCode of ACS where there is one, else 0
   */
  record ErrorBody(String code, String message, int resultCode, int subCode) {}

  static MessageRefused badMember(String member, String rule) {
    return new MessageRefused(
        new ErrorBody("BadRequest", "The member " + member + " " + rule + ".", 400, 0));
  }

  ErrorBody body() {
    return body;
  }
}
