"""What is measured, under the names of the specification (section 10.1); nothing until asked for.

A window has no use for it and does not wait for Prometheus' library to load: what is told before
`switch_on` is not counted.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Literal

Counted = Literal[
    "http_requests_total",
    "workflow_executions_total",
    "agent_executions_total",
    "llm_requests_total",
    "llm_tokens_total",
    "llm_cost_usd_total",
    "cache_hits_total",
    "cache_misses_total",
]
Timed = Literal[
    "http_request_duration_seconds",
    "workflow_duration_seconds",
    "agent_duration_seconds",
    "db_query_duration_seconds",
    "chromadb_query_duration_seconds",
]
Shown = Literal[
    "db_connections_active",
    "chromadb_documents_total",
    "organizations_total",
    "active_users_total",
    "queue_jobs_pending",
    "queue_jobs_processing",
]
NO_LABEL = ""

_metrics: dict[str, Any] = {}
_counted: dict[str, tuple[int, int]] = {}  # of caches that count for themselves


def switch_on(deployment: str) -> None:
    """Begin to count, in a process that serves as `deployment`; again changes nothing else."""
    prometheus = import_module("marketer_desktop.observability.prometheus")
    if not _metrics:
        _metrics.update(prometheus.made())
    prometheus.introduce(deployment)


def count(name: Counted, amount: float = 1, **labels: str) -> None:
    """Something happened, `amount` times."""
    if _metrics:
        _metrics[name].labels(**labels).inc(amount)


def observe(name: Timed, seconds: float, **labels: str) -> None:
    """Something took so long."""
    if _metrics:
        metric = _metrics[name]
        (metric.labels(**labels) if labels else metric).observe(seconds)


def asked_cache(name: str, hits: int, misses: int) -> None:
    """A cache was asked: so many things were there, so many were not."""
    count("cache_hits_total", hits, cache_key=name)
    count("cache_misses_total", misses, cache_key=name)


def cache_stands(name: str, hits: int, misses: int) -> None:
    """So often a cache that counts for itself was asked since the process began."""
    if _metrics:
        counted_hits, counted_misses = _counted.get(name, (0, 0))
        asked_cache(name, hits - counted_hits, misses - counted_misses)
        _counted[name] = (hits, misses)


def show(name: Shown, values: Mapping[str, float]) -> None:
    """How much there is now for each value of the label; `NO_LABEL` where there is no label."""
    if not _metrics:
        return
    metric = _metrics[name]
    if NO_LABEL in values:
        metric.set(values[NO_LABEL])
        return
    metric.clear()
    for label, value in values.items():
        metric.labels(label).set(value)


def exposition() -> tuple[bytes, str]:
    """Everything in Prometheus' text format, and its media type."""
    told: tuple[bytes, str] = import_module("marketer_desktop.observability.prometheus").told()
    return told
