"""What each call needs: the permission of whoever makes it; None for everybody who is signed in."""

from marketer_desktop.domain.permissions import Permission

_CALLS: dict[Permission | None, str] = {
    None: """
        LogIn ListNotifications MarkNotificationsRead ShowProfile SaveProfile SavePreferences
        ListOrganizations CreateOrganization SwitchOrganization ScoreText
    """,
    Permission.ORGANIZATION_UPDATE: "RenameOrganization",
    Permission.MEMBER_READ: "ListMembers",
    Permission.PROJECT_READ: """
        ListProjects ShowProjectPage ShowProject ShowOverview ListSitePages ShowBrandSummary
    """,
    Permission.PROJECT_CREATE: "CreateProject",
    Permission.PROJECT_UPDATE: "UpdateProject ImportSitemap ClearSitePages",
    Permission.PROJECT_DELETE: "ArchiveProject",
    Permission.CAMPAIGN_CREATE: "CreateCampaign",
    Permission.CAMPAIGN_UPDATE: "UpdateCampaign",
    Permission.CAMPAIGN_DELETE: "ArchiveCampaign",
    Permission.ACTIVITY_READ: """
        ListActivities ShowActivity ListRuns ShowDraft ShowOutline OpenContent ListRevisions
        ShowRevision DiffRevisions ExportContent CheckText
    """,
    Permission.ACTIVITY_CREATE: "ImportActivity OpenSamplePiece",
    Permission.ACTIVITY_UPDATE: "SaveContent AddAsset SaveOutline RestoreRevision ChangeStatus",
    Permission.ACTIVITY_DELETE: "ArchiveActivity",
    Permission.ACTIVITY_GENERATE: """
        GenerateContent GenerateBatch CheckBatch SuggestBrief StartActivity CancelActivity
        ResumeActivity RepurposeActivity ApproveOutline RewritePassage RegenerateSection
        RegenerateActivity FixCheck
    """,
    Permission.DOCUMENT_READ: """
        SearchDocuments ListDocuments FindPassages ShowPassage ListWatchedFolders
    """,
    Permission.DOCUMENT_UPLOAD: "IngestDocuments",
    Permission.DOCUMENT_UPDATE: "TagDocument RetryDocument Reindex WatchFolder UnwatchFolder",
    Permission.DOCUMENT_DELETE: "DeleteDocument",
    Permission.MODEL_READ: "ListModels RecommendModels",
    Permission.INSTALLATION_MANAGE: """
        UseModel PullModel ListProviders SetProviderKey RemoveProviderKey CheckProvider
        UpgradeDatabase CheckDatabase GetDatabaseUrl BackUpDatabase WatchEngine PauseRuns GoOn
        Diagnose ShowDatabaseChoice TryDatabase ChooseDatabase ReadTextFile SaveBatchTemplate
    """,
}
NEEDED: dict[str, Permission | None] = {
    call: permission for permission, calls in _CALLS.items() for call in calls.split()
}
