"""What each call needs: the permission of whoever makes it; None for everybody who is signed in."""

from marketer_desktop.domain.permissions import Permission

_CALLS: dict[Permission | None, str] = {
    None: """
        ReceiveStripeEvent ShowOrganizationPage RestoreOrganization ForgetPassword ResetPassword
        ShowPasswordLink GrantCode ExchangeCode SignInByIssuer
        LeaveOrganization
        EditMe ShowInvitation AcceptInvitation LogIn RefreshTokens SignOut ChangePassword
        RegisterOrganization ListNotifications
        MarkNotificationsRead ShowProfile SaveProfile SavePreferences ListOrganizations
        CreateOrganization SwitchOrganization ScoreText ShowNotificationPage MarkNotification
        PullChanges PushChanges
    """,
    Permission.ORGANIZATION_READ: "ShowCompliance ShowOrganization ShowPlan",
    Permission.ORGANIZATION_UPDATE: "RenameOrganization EditOrganization",
    Permission.ORGANIZATION_DELETE: "DeleteOrganization",
    Permission.AGENT_KEY_READ: "ListAgentKeys",
    Permission.AGENT_KEY_CREATE: "CreateAgentKey",
    Permission.AGENT_KEY_DELETE: "DeleteAgentKey",
    Permission.MEMBER_READ: "ListMembers ShowMemberPage",
    Permission.MEMBER_INVITE: "InviteMember",
    Permission.MEMBER_UPDATE: "ChangeMember",
    Permission.MEMBER_REMOVE: "RemoveMember",
    Permission.PROJECT_READ: """
        ListProjects ShowProjectPage ShowProjectSheet ShowProject ShowOverview ListSitePages
        ShowBrandSummary ListTargets
    """,
    Permission.PROJECT_CREATE: "CreateProject",
    Permission.PROJECT_UPDATE: """
        UpdateProject ImportSitemap ClearSitePages AddTarget RemoveTarget CheckTarget
    """,
    Permission.PROJECT_DELETE: "ArchiveProject",
    Permission.CAMPAIGN_READ: "ShowCampaignPage ShowCampaign",
    Permission.CAMPAIGN_CREATE: "CreateCampaign",
    Permission.CAMPAIGN_UPDATE: "UpdateCampaign ChangeCampaign",
    Permission.CAMPAIGN_DELETE: "ArchiveCampaign",
    Permission.ACTIVITY_READ: """
        ShowActivityPage ShowActivitySheet
        ListActivities ShowActivity ListRuns ShowDraft ShowOutline OpenContent ListRevisions
        ShowRevision DiffRevisions ExportContent RenderContent ExportCampaign CheckText OpenStream
        PreviewPublication ListPublications
    """,
    Permission.ACTIVITY_CREATE: "CreateActivity ImportActivity OpenSamplePiece",
    Permission.ACTIVITY_UPDATE: """
        UpdateActivity SaveContent AddAsset SaveOutline RestoreRevision ChangeStatus
        ReceiveText
    """,
    Permission.ACTIVITY_DELETE: "ArchiveActivity",
    Permission.ACTIVITY_PUBLISH: "Publish CancelPublication",
    Permission.ACTIVITY_GENERATE: """
        GenerateContent GenerateBatch CheckBatch SuggestBrief StartActivity CancelActivity
        ExecuteWorkflow ResumeActivity RepurposeActivity ApproveOutline RewritePassage
        RegenerateSection RegenerateActivity FixCheck ReportUsage
    """,
    Permission.DOCUMENT_READ: """
        SearchDocuments ShowDocumentPage ShowDocument ListDocuments FindPassages ShowPassage
        ListWatchedFolders
    """,
    Permission.DOCUMENT_UPLOAD: "AddDocument IngestDocuments",
    Permission.DOCUMENT_UPDATE: """
        ReadAgain TagDocument RetryDocument Reindex WatchFolder UnwatchFolder
    """,
    Permission.DOCUMENT_DELETE: "DeleteDocument",
    Permission.MODEL_READ: "ListModels RecommendModels",
    Permission.USAGE_READ: "ShowUsage",
    Permission.AUDIT_READ: "ShowAuditLog",
    Permission.BILLING_READ: "ShowSubscription ShowInvoicePage",
    Permission.PROVIDER_KEY_UPDATE: """
        ListOrganizationKeys SetOrganizationKey RemoveOrganizationKey
    """,
    Permission.INSTALLATION_MANAGE: """
        InspectOrganization ShowInstallationPage MakePasswordLink
        UseModel PullModel ListProviders SetProviderKey RemoveProviderKey
        CheckProvider UpgradeDatabase CheckDatabase GetDatabaseUrl BackUpDatabase WatchEngine
        PauseRuns GoOn Diagnose ShowDatabaseChoice TryDatabase ChooseDatabase ReadTextFile
        SaveBatchTemplate ShowLocalApi SwitchLocalApi RenewLocalApiToken
        ShowAccounts AskServer ConnectAccount ConnectByBrowser SignOutAccount ShowDepartures
        ClearDepartures
        ShowLending LendModels EndLending PauseLending LendMeanwhile
        ShowSync SyncNow ListConflicts DecideConflict ListQuarantine RetryQuarantined
        DiscardQuarantined
        MakeArchive ShowBackups SwitchDailyBackup
        ShowSecrets UnlockSecrets SetPassphrase StartSecretsAnew ShowAutostart SwitchAutostart
    """,
}
NEEDED: dict[str, Permission | None] = {
    call: permission for permission, calls in _CALLS.items() for call in calls.split()
}
