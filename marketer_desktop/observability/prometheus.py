"""The metrics of section 10.1 as Prometheus knows them; `metrics` is what counts them."""

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    Counter,
    Gauge,
    Histogram,
    Info,
    disable_created_metrics,
    generate_latest,
)

from marketer_desktop import __version__

# Runs and model calls take minutes on a laptop, requests and queries milliseconds.
SHORT = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10)
LONG = (0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600)

_COUNTERS = {
    "http_requests_total": ("Total HTTP requests", ["method", "endpoint", "status"]),
    "workflow_executions_total": ("Total workflow executions", ["content_type", "status"]),
    "agent_executions_total": ("Total agent executions", ["agent_name", "status"]),
    "llm_requests_total": ("Total LLM requests", ["provider", "model", "status"]),
    "llm_tokens_total": ("Total LLM tokens consumed", ["provider", "model", "type"]),
    "llm_cost_usd_total": ("Total LLM cost in USD", ["provider", "model"]),
    "cache_hits_total": ("Total cache hits", ["cache_key"]),
    "cache_misses_total": ("Total cache misses", ["cache_key"]),
}
_HISTOGRAMS = {
    "http_request_duration_seconds": ("HTTP request duration", ["method", "endpoint"], SHORT),
    "workflow_duration_seconds": ("Workflow execution duration", ["content_type"], LONG),
    "agent_duration_seconds": ("Agent execution duration", ["agent_name"], LONG),
    "db_query_duration_seconds": ("Database query duration", ["operation"], SHORT),
    "chromadb_query_duration_seconds": ("ChromaDB query duration", [], SHORT),
}
_GAUGES = {
    "db_connections_active": ("Active database connections", []),
    "chromadb_documents_total": ("Total documents in ChromaDB", ["organization_id"]),
    "organizations_total": ("Total organizations", ["plan"]),
    "active_users_total": ("Total active users", ["organization_id"]),
    "queue_jobs_pending": ("Pending jobs", ["queue"]),
    "queue_jobs_processing": ("Jobs being processed", ["queue"]),
}
_ABOUT = Info("marketer_app", "Application information")


def made() -> dict[str, Counter | Histogram | Gauge]:
    """All metrics by name, made once in a process."""
    disable_created_metrics()  # type: ignore[no-untyped-call]
    return {
        **{name: Counter(name, about, labels) for name, (about, labels) in _COUNTERS.items()},
        **{
            name: Histogram(name, about, labels, buckets=buckets)
            for name, (about, labels, buckets) in _HISTOGRAMS.items()
        },
        **{name: Gauge(name, about, labels) for name, (about, labels) in _GAUGES.items()},
    }


def introduce(deployment: str) -> None:
    """Say which version this is, and what it is there for."""
    _ABOUT.info({"version": __version__, "deployment": deployment})


def told() -> tuple[bytes, str]:
    """What a scrape gets, and its media type."""
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST
