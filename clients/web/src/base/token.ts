import { isRecord } from "./json.js";
import { CommunicationServicesError } from "./errors.js";

/** What a user token tells about itself. The service checks it; the SDK only reads it. */
export interface TokenClaims {
  /** `iss`: the public base URL of the service. */
  issuer: string;
  /** `exp` in milliseconds since 1970; `undefined` when it stands nowhere. */
  expiresAt: number | undefined;
}

/** Reads the middle of a JSON web token (RFC 7519 §3). */
export function claimsOf(token: string): TokenClaims {
  const claims = decode(token);
  const issuer = claims["iss"];
  if (typeof issuer !== "string" || !/^https?:\/\//.test(issuer)) {
    throw new CommunicationServicesError(401, 0, "the token does not name its service: no `iss` with a URL");
  }
  const expires = claims["exp"];
  return { issuer, expiresAt: typeof expires === "number" ? expires * 1000 : undefined };
}

/** The address of the signalling socket of a service. */
export function signallingAddress(issuer: string): string {
  const url = new URL("/calling/v1/signalling", issuer);
  url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
  return url.href;
}

function decode(token: string): Record<string, unknown> {
  try {
    const middle = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(middle), (letter) => letter.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (isRecord(claims)) return claims;
  } catch {
    // Falls through: whatever is wrong with it, it is not a token.
  }
  throw new CommunicationServicesError(401, 0, "the credential gave something that is no JSON web token");
}
