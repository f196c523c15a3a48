"""What each route needs, in the specification's words, with a request that succeeds.

In addresses and bodies `{project_id}` and its like stand for something that there is in the
organization.
"""

import json
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from marketer_desktop.domain.permissions import Permission as P
from marketer_desktop.domain.permissions import Role
from tests.factories.serving import PASSWORD


class Everybody(Enum):
    """Routes that need no permission."""

    SIGNED_IN = auto()
    ANYBODY = auto()


SIGNED_IN, ANYBODY = Everybody


@dataclass(frozen=True)
class Row:
    """What a route needs, and a request that succeeds with it, or ends with `status`."""

    route: str
    needs: P | Everybody
    query: str = ""
    json: Any = None
    form: dict[str, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    ends: dict[str, int] = field(default_factory=dict)  # the status of roles that end otherwise
    visited: bool = False  # an administrator of the installation may see any organization's

    @property
    def parts(self) -> list[str]:
        return [self.route, self.query, json.dumps([self.json, self.form])]


DOCUMENTS = {"document_ids": ["{document_id}"]}
BRIEF = {"topic": "Tea", "campaign_id": "{campaign_id}", **DOCUMENTS}
ACTIVITY, MEMBERS = "/api/activities/{activity_id}", "/api/organizations/{organization_id}/members"
KEYS = "/api/organizations/{organization_id}/provider-keys"
ANEW = f"POST {ACTIVITY}/regenerate"
HOOK = {"address": "https://hooks.example.com", "secret": "shared"}
SIGN_IN = (
    "response_type=code&client_id=marketer-desktop&redirect_uri=http://127.0.0.1:49152/&state=s"
    f"&code_challenge={'c' * 43}&code_challenge_method=S256"
)
TABLE = (
    # Accounts
    Row("POST /api/login", ANYBODY, json={"email": "{email}", "password": PASSWORD}),
    Row(
        "POST /api/auth/token",
        ANYBODY,
        json={
            "grant_type": "authorization_code",
            "client_id": "marketer-desktop",
            "code": "unknown",
            "code_verifier": "v" * 43,
            "redirect_uri": "http://127.0.0.1:49152/",
        },
        status=401,
    ),
    Row("GET /api/auth/ways", ANYBODY),
    Row(
        "POST /api/auth/id-token",
        ANYBODY,
        json={"client_id": "marketer-desktop", "id_token": "unknown", "nonce": "n" * 43},
        status=401,
    ),
    Row("POST /api/token/refresh", ANYBODY, json={"refresh_token": "worn"}, status=401),
    Row("POST /api/logout", SIGNED_IN),
    Row("GET /api/me", SIGNED_IN),
    Row("PATCH /api/me", SIGNED_IN, json={"name": "Ada"}),
    Row(
        "POST /api/me/password",
        SIGNED_IN,
        json={"current_password": PASSWORD, "new_password": "another-one"},
    ),
    Row("POST /api/password/forgotten", ANYBODY, json={"email": "{email}"}, status=409),
    Row("POST /api/password/link", P.INSTALLATION_MANAGE, json={"email": "{email}"}),
    Row("POST /api/password/{token}", ANYBODY, json={"password": "another-one"}, status=404),
    Row("GET /api/invitations/{token}", ANYBODY),
    Row("POST /api/invitations/{token}/accept", ANYBODY, json={"password": "another-one"}),
    # Organizations
    Row("GET /api/organizations", SIGNED_IN),
    Row("GET /api/organizations", P.INSTALLATION_MANAGE, query="all=true", visited=True),
    Row("POST /api/organizations", SIGNED_IN, json={"name": "New", "slug": "new-{email}"}),
    Row("GET /api/organizations/{organization_id}", P.ORGANIZATION_READ, visited=True),
    Row(
        "PATCH /api/organizations/{organization_id}", P.ORGANIZATION_UPDATE, json={"name": "Other"}
    ),
    Row("DELETE /api/organizations/{organization_id}", P.ORGANIZATION_DELETE),
    Row("POST /api/organizations/{organization_id}/restore", SIGNED_IN, status=409),
    Row(f"GET {MEMBERS}", P.MEMBER_READ),
    Row(f"POST {MEMBERS}", P.MEMBER_INVITE, json={"email": "somebody@else.example"}),
    Row(f"PATCH {MEMBERS}/{{member_id}}", P.MEMBER_UPDATE, json={"role": "viewer"}),
    Row(f"DELETE {MEMBERS}/{{member_id}}", P.MEMBER_REMOVE),
    Row(f"DELETE {MEMBERS}/me", SIGNED_IN, ends={Role.OWNER: 409}),  # the only one
    Row("GET /api/agent-keys", P.AGENT_KEY_READ),
    Row("POST /api/agent-keys", P.AGENT_KEY_CREATE, json={"name": "laptop"}),
    Row("DELETE /api/agent-keys/{key_id}", P.AGENT_KEY_DELETE),
    # Connected with a key of an agent, not by a person: tests of agents are about it.
    Row("WEBSOCKET /agent/connect", ANYBODY),
    Row("GET /api/organizations/{organization_id}/compliance", P.ORGANIZATION_READ),
    Row(f"GET {KEYS}", P.PROVIDER_KEY_UPDATE),
    Row(f"PUT {KEYS}/{{provider}}", P.PROVIDER_KEY_UPDATE, json={"key": "sk-secret"}),
    Row(f"DELETE {KEYS}/{{provider}}", P.PROVIDER_KEY_UPDATE),
    Row("GET /api/billing/subscription", P.BILLING_READ),
    Row("GET /api/billing/invoices", P.BILLING_READ),
    Row("POST /api/webhooks/stripe", ANYBODY, json={}, status=404),
    Row("GET /api/usage", P.USAGE_READ),
    Row("GET /api/audit-logs", P.AUDIT_READ),
    Row("GET /api/notifications", SIGNED_IN),
    Row("PATCH /api/notifications/{notification_id}", SIGNED_IN, json={"is_read": True}),
    # Content
    Row("GET /api/projects", P.PROJECT_READ),
    Row("POST /api/projects", P.PROJECT_CREATE, json={"name": "Q1"}),
    Row("GET /api/projects/{project_id}", P.PROJECT_READ),
    Row("PATCH /api/projects/{project_id}", P.PROJECT_UPDATE, json={"name": "Q2"}),
    Row("DELETE /api/projects/{project_id}", P.PROJECT_DELETE),
    Row("GET /api/campaigns", P.CAMPAIGN_READ),
    Row(
        "POST /api/campaigns",
        P.CAMPAIGN_CREATE,
        json={"name": "Launch", "project_id": "{project_id}"},
    ),
    Row("GET /api/campaigns/{campaign_id}", P.CAMPAIGN_READ),
    Row("PATCH /api/campaigns/{campaign_id}", P.CAMPAIGN_UPDATE, json={"name": "Launch"}),
    Row("DELETE /api/campaigns/{campaign_id}", P.CAMPAIGN_DELETE),
    Row("GET /api/activities", P.ACTIVITY_READ),
    Row("POST /api/activities", P.ACTIVITY_CREATE, json=BRIEF),
    Row(
        "POST /api/activities",
        P.ACTIVITY_CREATE,
        json={"topic": "Tea", "project_id": "{project_id}"},
    ),
    Row(f"GET {ACTIVITY}", P.ACTIVITY_READ),
    Row(f"PATCH {ACTIVITY}", P.ACTIVITY_UPDATE, json=DOCUMENTS),
    Row(f"DELETE {ACTIVITY}", P.ACTIVITY_DELETE),
    Row(f"GET {ACTIVITY}/content", P.ACTIVITY_READ),
    Row(
        f"PUT {ACTIVITY}/content",
        P.ACTIVITY_UPDATE,
        json={"markdown": "# Tea", "base_revision": 0},
    ),
    Row(f"GET {ACTIVITY}/revisions", P.ACTIVITY_READ),
    Row(f"GET {ACTIVITY}/revisions/{{number}}", P.ACTIVITY_READ),
    Row(f"POST {ACTIVITY}/revisions/{{number}}/restore", P.ACTIVITY_UPDATE),
    Row(f"GET {ACTIVITY}/export", P.ACTIVITY_READ, query="format=md"),
    Row("POST /api/score", SIGNED_IN, json={"text": "# Tea"}),
    # Publishing; nothing is sent: its time is far away
    Row("GET /api/publishing/targets", P.PROJECT_READ),
    Row("GET /api/publishing/targets", P.PROJECT_READ, query="project_id={project_id}"),
    Row(
        "POST /api/publishing/targets",
        P.PROJECT_UPDATE,
        json={"name": "Site", "kind": "webhook", "project_id": "{project_id}", **HOOK},
    ),
    Row("DELETE /api/publishing/targets/{target_id}", P.PROJECT_UPDATE),
    Row("POST /api/publishing/targets/{target_id}/test", P.PROJECT_UPDATE),
    Row(f"GET {ACTIVITY}/publish/{{target_id}}", P.ACTIVITY_READ),
    Row(
        f"POST {ACTIVITY}/publish",
        P.ACTIVITY_PUBLISH,
        json={"target_id": "{target_id}", "publish_at": "2099-05-04T09:00:00Z"},
    ),
    Row(f"GET {ACTIVITY}/publications", P.ACTIVITY_READ),
    Row("GET /api/publications", P.ACTIVITY_READ),
    Row("DELETE /api/publications/{publication_id}", P.ACTIVITY_PUBLISH),
    # Runs
    Row("POST /api/workflows/execute", P.ACTIVITY_GENERATE, json=BRIEF),
    Row(
        "POST /api/workflows/execute",
        P.ACTIVITY_GENERATE,
        json={"topic": "Tea", "activity_id": "{activity_id}"},
    ),
    Row(f"GET {ACTIVITY}/stream", P.ACTIVITY_READ),
    # There is none: whoever may is told so.
    Row(f"POST {ACTIVITY}/cancel", P.ACTIVITY_GENERATE, status=409),
    Row(f"POST {ACTIVITY}/resume", P.ACTIVITY_GENERATE, status=409),
    Row(ANEW, P.ACTIVITY_GENERATE, json={"scope": "all"}),
    Row(ANEW, P.ACTIVITY_GENERATE, json={"scope": "section", "heading": "What it costs"}),
    Row(
        ANEW, P.ACTIVITY_GENERATE, json={"scope": "selection", "command": "shorten", "text": "Tea."}
    ),
    # Documents
    Row("GET /api/documents", P.DOCUMENT_READ),
    Row("POST /api/documents", P.DOCUMENT_UPLOAD, form={"project_id": "{project_id}"}),
    Row("GET /api/documents/search", P.DOCUMENT_READ, query="q=tea&project_id={project_id}"),
    Row("GET /api/documents/{document_id}", P.DOCUMENT_READ),
    Row("DELETE /api/documents/{document_id}", P.DOCUMENT_DELETE),
    Row("POST /api/documents/{document_id}/reindex", P.DOCUMENT_UPDATE),
    # Sync: each change that is pushed is asked for in the organization it is for
    Row("GET /api/sync/changes", SIGNED_IN),
    Row(
        "POST /api/sync/push",
        SIGNED_IN,
        json={"client_id": "0b1c3f6e-5a58-4d0e-9b57-6d3a3f1f8f10", "mutations": []},
        headers={"Idempotency-Key": "5f2b1b1e-6a0a-4c55-8a55-0f6f5ad1b7aa"},
    ),
    # The service
    Row("GET /health", ANYBODY),
    Row("GET /ready", ANYBODY),
    Row("GET /metrics", ANYBODY),
    Row("GET /docs", ANYBODY),
    Row("GET /openapi.json", ANYBODY),
    # Pages; what is sent here comes from none of their forms
    Row("GET /sign-in", ANYBODY, query=SIGN_IN),
    Row("POST /sign-in", ANYBODY, query=SIGN_IN, status=409),
    Row("GET /invitations/{token}", ANYBODY),
    Row("POST /invitations/{token}", ANYBODY, status=409),
    Row("GET /billing", ANYBODY),
    Row("GET /password", ANYBODY),
    Row("POST /password", ANYBODY, status=409),
    Row("GET /password/{token}", ANYBODY, status=404),
    Row("POST /password/{token}", ANYBODY, status=404),
    Row("GET /pages/page.css", ANYBODY),
)
