"""All service calls by name, so that they can be sent to another process."""

from marketer_desktop.domain.scoring.verdict import Score
from marketer_desktop.services import (
    activities,
    activity_page,
    add_asset,
    audit_log,
    back_up,
    batch,
    batch_table,
    batch_template,
    campaign_page,
    campaigns,
    change_status,
    check_text,
    choose_database,
    content,
    databases,
    diagnose,
    document_library,
    documents,
    export_content,
    fix_check,
    import_activity,
    live_runs,
    local_api,
    models,
    notifications,
    organizations,
    overview,
    passages,
    pause_runs,
    profile,
    projects,
    providers,
    pull_model,
    regenerate,
    reindex,
    repurpose,
    review_outline,
    revisions,
    rewrite,
    site_pages,
    usage,
    watched_folders,
)
from marketer_desktop.services.account_calls import ACCOUNT_CALLS
from marketer_desktop.services.activity_report import ActivityReport
from marketer_desktop.services.add_document import (
    AddDocument,
    AddedDocument,
    ReadAgain,
    add_document,
    read_document_again,
)
from marketer_desktop.services.brief_suggestions import (
    BriefSuggestion,
    SuggestBrief,
    suggest_brief,
)
from marketer_desktop.services.create_activity import (
    CreateActivity,
    CreatedActivity,
    create_activity,
)
from marketer_desktop.services.document_page import (
    DocumentPage,
    DocumentSheet,
    ShowDocument,
    ShowDocumentPage,
    show_document,
    show_document_page,
)
from marketer_desktop.services.execute_workflow import (
    ExecuteWorkflow,
    QueuedRun,
    execute_workflow,
)
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.ingest_document import IngestResult
from marketer_desktop.services.project_page import (
    ProjectPage,
    ProjectSheet,
    ShowProjectPage,
    ShowProjectSheet,
    show_project_page,
    show_project_sheet,
)
from marketer_desktop.services.sample_piece import OpenSamplePiece, SamplePiece, open_sample_piece
from marketer_desktop.services.save_outline import SavedOutline, SaveOutline, save_outline
from marketer_desktop.services.score_text import ScoreText, score_text
from marketer_desktop.services.search_documents import SearchResult
from marketer_desktop.services.service import Service
from marketer_desktop.services.show_brand_summary import (
    BrandDocuments,
    ShowBrandSummary,
    show_brand_summary,
)
from marketer_desktop.services.show_draft import Draft, ShowDraft, show_draft
from marketer_desktop.services.start_activity import (
    StartActivity,
    StartedActivity,
    start_activity,
)
from marketer_desktop.services.stream_activity import OpenStream, StreamStart, open_stream
from marketer_desktop.services.team import ListMembers, MemberList, list_members
from marketer_desktop.services.update_activity import (
    UpdateActivity,
    UpdatedActivity,
    update_activity,
)
from marketer_desktop.services.watch_engine import Watched, WatchEngine, watch_engine

_SERVICES = (
    *ACCOUNT_CALLS,
    Service(GenerateContent, ActivityReport, generate_content),
    Service(activities.ListActivities, activities.ActivityList, activities.list_activities),
    Service(
        activity_page.ShowActivityPage,
        activity_page.ActivityPage,
        activity_page.show_activity_page,
    ),
    Service(
        activity_page.ShowActivitySheet,
        activity_page.ActivitySheet,
        activity_page.show_activity_sheet,
    ),
    Service(CreateActivity, CreatedActivity, create_activity),
    Service(UpdateActivity, UpdatedActivity, update_activity),
    Service(activities.ShowActivity, activities.ActivityDetails, activities.show_activity),
    Service(activities.CancelActivity, ActivityReport, activities.cancel_activity),
    Service(activities.ResumeActivity, ActivityReport, activities.resume_activity),
    Service(AddDocument, AddedDocument, add_document),
    Service(ReadAgain, DocumentSheet, read_document_again),
    Service(ShowDocumentPage, DocumentPage, show_document_page),
    Service(ShowDocument, DocumentSheet, show_document),
    Service(documents.IngestDocuments, documents.IngestResults, documents.ingest_documents),
    Service(documents.SearchDocuments, SearchResult, documents.search),
    Service(
        document_library.ListDocuments,
        document_library.DocumentList,
        document_library.list_documents,
    ),
    Service(
        document_library.TagDocument, document_library.DocumentEntry, document_library.tag_document
    ),
    Service(
        document_library.DeleteDocument,
        document_library.DeletedDocument,
        document_library.delete_document,
    ),
    Service(document_library.RetryDocument, IngestResult, document_library.retry_document),
    Service(reindex.Reindex, reindex.ReindexResult, reindex.reindex),
    Service(passages.FindPassages, passages.FoundPassages, passages.find_passages),
    Service(passages.ShowPassage, passages.ShownPassage, passages.show_passage),
    Service(
        watched_folders.ListWatchedFolders,
        watched_folders.WatchedFolderList,
        watched_folders.list_watched_folders,
    ),
    Service(
        watched_folders.WatchFolder, watched_folders.WatchedFolder, watched_folders.watch_folder
    ),
    Service(
        watched_folders.UnwatchFolder,
        watched_folders.WatchedFolderList,
        watched_folders.unwatch_folder,
    ),
    Service(site_pages.ImportSitemap, site_pages.SiteImport, site_pages.import_sitemap),
    Service(site_pages.ListSitePages, site_pages.SitePageList, site_pages.list_site_pages),
    Service(site_pages.ClearSitePages, site_pages.SitePageList, site_pages.clear_site_pages),
    Service(batch_table.CheckBatch, batch_table.BatchCheck, batch_table.check_batch),
    Service(batch.GenerateBatch, batch.BatchResult, batch.generate_batch),
    Service(
        batch_template.SaveBatchTemplate,
        batch_template.SavedTemplate,
        batch_template.save_batch_template,
    ),
    Service(repurpose.RepurposeActivity, repurpose.Repurposed, repurpose.repurpose_activity),
    Service(StartActivity, StartedActivity, start_activity),
    Service(ExecuteWorkflow, QueuedRun, execute_workflow),
    Service(OpenStream, StreamStart, open_stream),
    Service(SuggestBrief, BriefSuggestion, suggest_brief),
    Service(models.ListModels, models.ModelList, models.list_models),
    Service(models.UseModel, models.ModelEntry, models.use_model),
    Service(providers.ListProviders, providers.ProviderList, providers.list_providers),
    Service(providers.SetProviderKey, providers.ProviderState, providers.set_provider_key),
    Service(providers.RemoveProviderKey, providers.ProviderState, providers.remove_provider_key),
    Service(providers.CheckProvider, providers.ProviderCheck, providers.check_provider),
    Service(databases.UpgradeDatabase, databases.UpgradeResult, databases.upgrade_database),
    Service(databases.CheckDatabase, databases.CheckResult, databases.check_database),
    Service(databases.GetDatabaseUrl, databases.DatabaseUrl, databases.get_database_url),
    Service(back_up.BackUpDatabase, back_up.BackupMade, back_up.back_up_database),
    Service(WatchEngine, Watched, watch_engine),
    Service(pause_runs.PauseRuns, pause_runs.Paused, pause_runs.pause_runs),
    Service(pause_runs.GoOn, pause_runs.Paused, pause_runs.go_on),
    Service(diagnose.Diagnose, diagnose.Diagnosis, diagnose.diagnose),
    Service(
        notifications.ListNotifications,
        notifications.NotificationList,
        notifications.list_notifications,
    ),
    Service(
        notifications.ShowNotificationPage,
        notifications.NotificationPage,
        notifications.show_notification_page,
    ),
    Service(
        notifications.MarkNotification,
        notifications.Notification,
        notifications.mark_notification,
    ),
    Service(audit_log.ShowAuditLog, audit_log.AuditPage, audit_log.show_audit_log),
    Service(
        notifications.MarkNotificationsRead,
        notifications.MarkedNotifications,
        notifications.mark_notifications_read,
    ),
    Service(profile.ShowProfile, profile.Profile, profile.show_profile),
    Service(profile.SaveProfile, profile.Profile, profile.save_profile),
    Service(profile.SavePreferences, profile.Profile, profile.save_preferences),
    Service(OpenSamplePiece, SamplePiece, open_sample_piece),
    Service(
        organizations.ListOrganizations,
        organizations.OrganizationList,
        organizations.list_organizations,
    ),
    Service(
        organizations.CreateOrganization,
        organizations.OrganizationEntry,
        organizations.create_organization,
    ),
    Service(
        organizations.RenameOrganization,
        organizations.OrganizationEntry,
        organizations.rename_organization,
    ),
    Service(
        organizations.SwitchOrganization,
        organizations.OrganizationEntry,
        organizations.switch_organization,
    ),
    Service(ShowProjectPage, ProjectPage, show_project_page),
    Service(ShowProjectSheet, ProjectSheet, show_project_sheet),
    Service(projects.ListProjects, projects.ProjectList, projects.list_projects),
    Service(projects.ShowProject, projects.ProjectDetails, projects.show_project),
    Service(projects.CreateProject, projects.ProjectRef, projects.create_project),
    Service(projects.UpdateProject, projects.ProjectRef, projects.update_project),
    Service(projects.ArchiveProject, projects.ProjectRef, projects.archive_project),
    Service(
        campaign_page.ShowCampaignPage,
        campaign_page.CampaignPage,
        campaign_page.show_campaign_page,
    ),
    Service(campaign_page.ShowCampaign, campaign_page.CampaignEntry, campaign_page.show_campaign),
    Service(campaigns.CreateCampaign, campaigns.CampaignSaved, campaigns.create_campaign),
    Service(campaigns.UpdateCampaign, campaigns.CampaignSaved, campaigns.update_campaign),
    Service(campaigns.ChangeCampaign, campaigns.CampaignSaved, campaigns.change_campaign),
    Service(campaigns.ArchiveCampaign, campaigns.CampaignSaved, campaigns.archive_campaign),
    Service(usage.ShowUsage, usage.UsageReport, usage.show_usage),
    Service(overview.ShowOverview, overview.Overview, overview.show_overview),
    Service(live_runs.ListRuns, live_runs.RunList, live_runs.list_runs),
    Service(ShowDraft, Draft, show_draft),
    Service(ShowBrandSummary, BrandDocuments, show_brand_summary),
    Service(review_outline.ShowOutline, review_outline.Outline, review_outline.show_outline),
    Service(SaveOutline, SavedOutline, save_outline),
    Service(review_outline.ApproveOutline, ActivityReport, review_outline.approve_outline),
    Service(pull_model.RecommendModels, pull_model.Recommendations, pull_model.recommend_models),
    Service(pull_model.PullModel, models.ModelEntry, pull_model.pull_model),
    Service(ListMembers, MemberList, list_members),
    Service(import_activity.ReadTextFile, import_activity.TextFile, import_activity.read_text_file),
    Service(
        import_activity.ImportActivity,
        import_activity.ImportedActivity,
        import_activity.import_activity,
    ),
    Service(
        choose_database.ShowDatabaseChoice,
        choose_database.DatabaseChoice,
        choose_database.show_database_choice,
    ),
    Service(
        choose_database.TryDatabase, choose_database.DatabaseAnswer, choose_database.try_database
    ),
    Service(
        choose_database.ChooseDatabase,
        choose_database.DatabaseChoice,
        choose_database.choose_database,
    ),
    Service(local_api.ShowLocalApi, local_api.LocalApi, local_api.show_local_api),
    Service(local_api.SwitchLocalApi, local_api.LocalApi, local_api.switch_local_api),
    Service(local_api.RenewLocalApiToken, local_api.LocalApi, local_api.renew_local_api_token),
    Service(content.OpenContent, content.Content, content.open_content),
    Service(content.SaveContent, content.Saved, content.save_content),
    Service(add_asset.AddAsset, add_asset.Asset, add_asset.add_asset),
    Service(change_status.ChangeStatus, change_status.StatusChange, change_status.change_status),
    Service(
        change_status.ArchiveActivity, change_status.StatusChange, change_status.archive_activity
    ),
    Service(revisions.ListRevisions, revisions.RevisionList, revisions.list_revisions),
    Service(revisions.ShowRevision, revisions.RevisionText, revisions.show_revision),
    Service(revisions.DiffRevisions, revisions.Comparison, revisions.diff_revisions),
    Service(revisions.RestoreRevision, content.Saved, revisions.restore_revision),
    Service(rewrite.RewritePassage, rewrite.Rewritten, rewrite.rewrite_passage),
    Service(regenerate.RegenerateSection, rewrite.Rewritten, regenerate.regenerate_section),
    Service(regenerate.RegenerateActivity, regenerate.StartedAgain, regenerate.regenerate_activity),
    Service(ScoreText, Score, score_text),
    Service(check_text.CheckText, check_text.TextReport, check_text.check_text),
    Service(fix_check.FixCheck, fix_check.FixedText, fix_check.fix_check),
    Service(export_content.ExportContent, export_content.Exported, export_content.export_content),
    Service(export_content.RenderContent, export_content.Rendered, export_content.render_content),
)
SERVICES: dict[str, Service] = {service.call.__name__: service for service in _SERVICES}
