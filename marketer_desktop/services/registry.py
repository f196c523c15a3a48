"""All service calls by name, so that they can be sent to another process."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from pydantic import BaseModel

from marketer_desktop.services import activities, databases, diagnose, documents, models
from marketer_desktop.services.activity_report import ActivityReport
from marketer_desktop.services.call import Call
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.search_documents import SearchResult
from marketer_desktop.services.watch_engine import Watched, WatchEngine, watch_engine


class Service(NamedTuple):
    """A call's type, its result's type, and the function that carries it out."""

    call: type[Call[Any]]
    result: type[BaseModel]
    run: Callable[..., Awaitable[BaseModel]]


_SERVICES = (
    Service(GenerateContent, ActivityReport, generate_content),
    Service(activities.ListActivities, activities.ActivityList, activities.list_activities),
    Service(activities.ShowActivity, activities.ActivityDetails, activities.show_activity),
    Service(activities.CancelActivity, ActivityReport, activities.cancel_activity),
    Service(activities.ResumeActivity, ActivityReport, activities.resume_activity),
    Service(documents.IngestDocuments, documents.IngestResults, documents.ingest_documents),
    Service(documents.SearchDocuments, SearchResult, documents.search),
    Service(models.ListModels, models.ModelList, models.list_models),
    Service(models.UseModel, models.ModelEntry, models.use_model),
    Service(databases.UpgradeDatabase, databases.UpgradeResult, databases.upgrade_database),
    Service(databases.CheckDatabase, databases.CheckResult, databases.check_database),
    Service(databases.GetDatabaseUrl, databases.DatabaseUrl, databases.get_database_url),
    Service(WatchEngine, Watched, watch_engine),
    Service(diagnose.Diagnose, diagnose.Diagnosis, diagnose.diagnose),
)
SERVICES: dict[str, Service] = {service.call.__name__: service for service in _SERVICES}
