"""What a Ghost answers to each step of `ask.mjs`, by its own source and its tests."""

from typing import Any


def _refused(
    type: str, message: str, context: str | None = None, code: str | None = None
) -> dict[str, Any]:
    return {"type": type, "code": code, "message": message, "context": context}


def _invalid(context: str, action: str = "save post") -> dict[str, Any]:
    return _refused("ValidationError", f"Validation error, cannot {action}.", context)


def _token(reason: str) -> dict[str, Any]:
    return _refused("UnauthorizedError", f"Invalid token: {reason}", code="INVALID_JWT")


def _missing(action: str) -> dict[str, Any]:
    message = f"Resource not found error, cannot {action}."
    return _refused("NotFoundError", message, "Post not found.")


HTML = "<p>A cup of coffee in the harbour.</p>"
DRAFT: dict[str, Any] = {
    "title": "Coffee at sea",
    "slug": "coffee-at-sea",
    "status": "draft",
    "html": HTML,
    "tags": ["Coffee", "#harbour"],
    "custom_excerpt": "Short",
    "meta_title": "For search",
    "meta_description": "For results",
    "feature_image": True,
    "published_at": None,
}
NOTHING = dict.fromkeys(("custom_excerpt", "meta_title", "meta_description", "feature_image"))
COLLISION = "Saving failed! Someone else is editing this post."
EXPECTED: dict[str, Any] = {
    "site": "accent_color description icon locale logo title url version".split(),
    "image": {"place": "/content/images/M/cup.png", "ref": "cover"},
    "draft": DRAFT,
    "twin": "coffee-at-sea-2",
    "without a title": _invalid("Validation failed for title."),
    "long excerpt": _invalid(
        "Value in [posts.custom_excerpt] exceeds maximum length of 300 characters."
    ),
    "scheduled without a date": _invalid("Value in published_at cannot be blank."),
    "scheduled too soon": _invalid("Date must be at least 2 minutes in the future."),
    "scheduled": {
        "title": "Later",
        "slug": "later",
        "status": "scheduled",
        "tags": [],
        "published_at": "2041-05-06T07:08:09.000Z",
        **NOTHING,
    },
    "published": ["published", "/coffee-at-sea/"],
    "published, then scheduled": _invalid(
        "Your post is already published, please reload your page.", "edit post"
    ),
    "changed with an old date": _refused(
        "UpdateCollisionError", COLLISION, COLLISION, "UPDATE_COLLISION"
    ),
    "changed without a date": _invalid("Validation failed for updated_at.", "edit post"),
    "read by slug": ["Coffee at sea", HTML],
    "no such post": _missing("read post"),
    "found": [["coffee-at-sea", "later"], 2],
    "found by status": ["later"],
    "deleted": "deleted",
    "deleted again": _missing("delete post"),
    "no such key": _refused(
        "UnauthorizedError", "Unknown Admin API Key", code="UNKNOWN_ADMIN_API_KEY"
    ),
    "wrong secret": _token("invalid signature"),
    "token for an hour": _token("maxAge exceeded"),
    "token of ten minutes ago": _token("maxAge exceeded"),
    "token that is over": _token("jwt expired"),
    "token for others": _token(r"jwt audience invalid. expected: /\/?admin\/?$/"),
    "token for five minutes": 1,
}
