"""The calls about accounts, organizations and what they pay for."""

from marketer_desktop.services import (
    accept_invitation,
    agent_keys,
    billing_page,
    browser_sign_in,
    change_members,
    compliance,
    edit_organization,
    member_page,
    organization_keys,
    organization_page,
    reset_password,
    sessions,
)
from marketer_desktop.services.change_password import ChangePassword, change_password
from marketer_desktop.services.edit_me import EditMe, MyProfile, edit_me
from marketer_desktop.services.invite_member import Invitation, InviteMember, invite_member
from marketer_desktop.services.log_in import LoggedIn, LogIn, log_in
from marketer_desktop.services.organization_sheet import (
    InspectOrganization,
    OrganizationSheet,
    ShowOrganization,
    inspect_organization,
    show_organization,
)
from marketer_desktop.services.register_organization import (
    RegisteredOrganization,
    RegisterOrganization,
    register_organization,
)
from marketer_desktop.services.service import Service
from marketer_desktop.services.stripe_events import (
    Received,
    ReceiveStripeEvent,
    receive_stripe_event,
)

ACCOUNT_CALLS = (
    Service(LogIn, LoggedIn, log_in),
    Service(sessions.RefreshTokens, sessions.Tokens, sessions.refresh_tokens),
    Service(sessions.SignOut, sessions.SignedOut, sessions.sign_out),
    Service(browser_sign_in.GrantCode, browser_sign_in.Granted, browser_sign_in.grant_code),
    Service(browser_sign_in.ExchangeCode, LoggedIn, browser_sign_in.exchange_code),
    Service(ChangePassword, LoggedIn, change_password),
    Service(
        reset_password.ShowPasswordLink,
        reset_password.OpenPasswordLink,
        reset_password.show_password_link,
    ),
    Service(
        reset_password.ForgetPassword, reset_password.LetterSent, reset_password.forget_password
    ),
    Service(
        reset_password.MakePasswordLink,
        reset_password.PasswordLink,
        reset_password.make_password_link,
    ),
    Service(reset_password.ResetPassword, LoggedIn, reset_password.reset_password),
    Service(EditMe, MyProfile, edit_me),
    Service(agent_keys.ListAgentKeys, agent_keys.AgentKeyPage, agent_keys.list_agent_keys),
    Service(agent_keys.CreateAgentKey, agent_keys.AgentKeyMade, agent_keys.create_agent_key),
    Service(agent_keys.DeleteAgentKey, agent_keys.AgentKeyEntry, agent_keys.delete_agent_key),
    Service(
        organization_page.ShowOrganizationPage,
        organization_page.OrganizationPage,
        organization_page.show_organization_page,
    ),
    Service(
        organization_page.ShowInstallationPage,
        organization_page.OrganizationPage,
        organization_page.show_installation_page,
    ),
    Service(
        edit_organization.EditOrganization, OrganizationSheet, edit_organization.edit_organization
    ),
    Service(
        edit_organization.DeleteOrganization,
        edit_organization.DeletedOrganization,
        edit_organization.delete_organization,
    ),
    Service(
        edit_organization.RestoreOrganization,
        OrganizationSheet,
        edit_organization.restore_organization,
    ),
    Service(member_page.ShowMemberPage, member_page.MemberPage, member_page.show_member_page),
    Service(InviteMember, Invitation, invite_member),
    Service(change_members.ChangeMember, member_page.MemberEntry, change_members.change_member),
    Service(change_members.RemoveMember, member_page.MemberEntry, change_members.remove_member),
    Service(
        accept_invitation.ShowInvitation,
        accept_invitation.OpenInvitation,
        accept_invitation.show_invitation,
    ),
    Service(accept_invitation.AcceptInvitation, LoggedIn, accept_invitation.accept_invitation),
    Service(RegisterOrganization, RegisteredOrganization, register_organization),
    Service(ShowOrganization, OrganizationSheet, show_organization),
    Service(InspectOrganization, OrganizationSheet, inspect_organization),
    Service(billing_page.ShowSubscription, billing_page.Billing, billing_page.show_subscription),
    Service(billing_page.ShowInvoicePage, billing_page.InvoicePage, billing_page.show_invoice_page),
    Service(ReceiveStripeEvent, Received, receive_stripe_event),
    Service(compliance.ShowCompliance, compliance.Compliance, compliance.show_compliance),
    Service(
        organization_keys.ListOrganizationKeys,
        organization_keys.OrganizationKeys,
        organization_keys.list_organization_keys,
    ),
    Service(
        organization_keys.SetOrganizationKey,
        organization_keys.OrganizationKey,
        organization_keys.set_organization_key,
    ),
    Service(
        organization_keys.RemoveOrganizationKey,
        organization_keys.OrganizationKey,
        organization_keys.remove_organization_key,
    ),
)
