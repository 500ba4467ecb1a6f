// Reads a user token as any JWT reader would; the signature is not checked here.

/** The claims of a token, with the scopes as a sorted list and the user's id as the SDKs write it. */
export function claimsOf(token) {
  const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString("utf8"));
  return {
    expiry: claims.exp,
    lifeMinutes: (claims.exp - claims.iat) / 60,
    scopes: claims.acsScope.split(",").sort(),
    userId: `8:${claims.skypeid}`,
  };
}
