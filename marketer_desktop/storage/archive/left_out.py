"""What of the database never goes into an archive: what opens something, and what hangs on it."""

# Every column that is a secret, a hash of one, or sealed under one of this installation.
COLUMNS: dict[str, frozenset[str]] = {
    "users": frozenset({"password_hash"}),
    "organizations": frozenset({"openai_api_key", "anthropic_api_key", "mistral_api_key"}),
    "organization_members": frozenset({"invitation_token"}),
    "publishing_targets": frozenset({"sealed_secret"}),
}
# Sign-ins and keys; agents' connections and requests, which cannot be without their keys; and
# answers that are repeated to who asks twice, of which some were told a key.
TABLES = frozenset(
    {
        "refresh_tokens",
        "sign_in_codes",
        "agent_api_keys",
        "agent_connections",
        "agent_requests",
        "idempotency_keys",
    }
)
