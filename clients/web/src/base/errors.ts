/**
 * An error as the calling API of Azure Communication Services shows it.
 *
 * `code` is like an HTTP status, `subCode` tells more closely what happened; docs/protocols/calling-signalling.md
 * §9 and §10 list both.
 */
export class CommunicationServicesError extends Error {
  readonly code: number;
  readonly subCode: number;
  readonly resultCategories: string[];

  constructor(code: number, subCode: number, message: string) {
    super(message);
    this.name = "CommunicationError";
    this.code = code;
    this.subCode = subCode;
    this.resultCategories = [category(code)];
  }
}

function category(code: number): string {
  if (code < 400) return "Success";
  return code < 500 ? "ExpectedError" : "UnexpectedServerError";
}

/** The application asked for what the state or the arguments do not allow. */
export function badRequest(message: string): CommunicationServicesError {
  return new CommunicationServicesError(400, 0, message);
}

/** Parley does not have it. */
export function notSupported(what: string): CommunicationServicesError {
  return new CommunicationServicesError(501, 0, `${what} is not supported by Parley`);
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
