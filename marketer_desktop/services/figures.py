"""The figures of an installation as they are now, for whoever scrapes its metrics."""

from marketer_desktop.domain.scoring.remembered import remembered_score
from marketer_desktop.observability.metrics import NO_LABEL, cache_stands, show
from marketer_desktop.services.parts import Parts


async def show_figures(parts: Parts) -> None:
    """Set every metric that tells how much there is, and count what counts for itself."""
    scorer = remembered_score.cache_info()
    cache_stands("scorer", scorer.hits, scorer.misses)
    queues = await parts.queue.counts()
    show("queue_jobs_pending", {name: each.pending for name, each in queues.items()})
    show("queue_jobs_processing", {name: each.processing for name, each in queues.items()})
    async with parts.database.unit_of_work() as work:
        show("organizations_total", await work.installation.organizations())
        show("active_users_total", await work.installation.active_users())
        show("chromadb_documents_total", await work.installation.indexed_documents())
        show("db_connections_active", {NO_LABEL: parts.database.connections_in_use})
