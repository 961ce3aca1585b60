"""The provider's users: what it says about each, and how it misbehaves for some."""

HIGH, LOW = "https://provider.example/mfa", "https://provider.example/password"
USERS: dict[str, dict[str, object]] = {
    "anna": {"email": "anna@desk.example", "email_verified": True, "name": "Anna van de gemeente", "acr": HIGH},
    "unproved": {"email": "anna@desk.example", "email_verified": False, "acr": HIGH},
    "stranger": {"email": "stranger@desk.example", "email_verified": True, "acr": HIGH},
    "low": {"email": "anna@desk.example", "email_verified": True, "acr": LOW},
    "no-level": {"email": "anna@desk.example", "email_verified": True},
    "made-up-level": {"email": "anna@desk.example", "email_verified": True, "acr": "highest-of-all"},
    "citizen": {"urn:broker": {"pseudonym": "pairwise-7f3a", "level": "urn:digid:substantial"}},
    "employer": {"urn:broker": {"pseudonym": "pairwise-9c1d", "level": "urn:eh3", "kvk": "00000011"}},
    "odd-kvk": {"urn:broker": {"pseudonym": "pairwise-9c1e", "level": "urn:eh3", "kvk": "NL 11"}},
    "service-number": {"urn:broker": {"pseudonym": "999990019", "level": "urn:digid:substantial"}},
    "another-audience": {"email": "anna@desk.example", "email_verified": True, "acr": HIGH},
    "more-audiences": {"email": "anna@desk.example", "email_verified": True, "acr": HIGH},
    "another-issuer": {"email": "anna@desk.example", "email_verified": True, "acr": HIGH},
    "another-nonce": {"email": "anna@desk.example", "email_verified": True, "acr": HIGH},
    "too-old": {"email": "anna@desk.example", "email_verified": True, "acr": HIGH},
    "made-long-ago": {"email": "anna@desk.example", "email_verified": True, "acr": HIGH},
}
# What a token of these users says in place of the truth.
WRONG: dict[str, dict[str, object]] = {
    "another-audience": {"aud": "another-site"},
    "more-audiences": {"aud": ["dichterbij", "another-site"]},
    "another-issuer": {"iss": "https://another.example/o"},
    "another-nonce": {"nonce": "of-another-sign-in"},
    "too-old": {"exp": 1_700_000_000},
    "made-long-ago": {"iat": 1_700_000_000},
}
