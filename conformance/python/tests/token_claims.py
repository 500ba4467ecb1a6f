"""Reads a user token as any JWT reader would; the signature is not checked here."""

import base64
import json


class TokenClaims:
    """The claims of a token, in the words of the SDKs."""

    def __init__(self, token):
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        self.expiry = claims["exp"]
        self.life_minutes = (claims["exp"] - claims["iat"]) / 60
        self.scopes = sorted(claims["acsScope"].split(","))
        self.user_id = "8:" + claims["skypeid"]
