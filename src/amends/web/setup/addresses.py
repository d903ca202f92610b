"""Which address shows which page of the settings."""

from django.urls import path

from amends.web.setup import calendars, mailboxes, messages, policies, shops, tokens, versions, webhooks

urlpatterns = [
    path("settings", policies.front_page, name="settings"),
    path("settings/policies", policies.policy_list, name="policies"),
    path("settings/policies/words.json", policies.words, name="policy-words"),
    path("settings/policies/<int:number>", policies.editor, name="policy"),
    path("settings/policies/<int:number>/change", policies.change, name="policy-change"),
    path("settings/policies/<int:number>/lint", policies.lint, name="policy-lint"),
    path("settings/policies/<int:number>/check", policies.check, name="policy-check"),
    path("settings/policies/<int:number>/rehearse", policies.rehearse, name="policy-rehearse"),
    path("settings/policies/<int:number>/cases/<int:place>", policies.case_file, name="policy-case"),
    path("settings/policies/<int:number>/versions", versions.version_list, name="policy-versions"),
    path("settings/policies/<int:number>/versions/<int:version>", versions.version_page, name="policy-version"),
    path("settings/policies/<int:number>/versions/<int:version>/again", versions.roll_back, name="policy-again"),
    path("settings/calendars", calendars.calendar_list, name="calendars"),
    path("settings/calendars/new", calendars.calendar_page, name="calendar-new"),
    path("settings/calendars/preview", calendars.preview, name="calendar-preview"),
    path("settings/calendars/<int:number>", calendars.calendar_page, name="calendar"),
    path("settings/calendars/<int:number>/remove", calendars.remove, name="calendar-remove"),
    path("settings/messages", messages.message_list, name="messages"),
    path("settings/messages/<str:event>", messages.message_page, name="message"),
    path("settings/messages/<str:event>/preview", messages.preview, name="message-preview"),
    path("settings/shops", shops.shop_list, name="shops"),
    path("settings/shops/<int:number>", shops.shop_page, name="shop"),
    path("settings/shops/<int:number>/logo/<str:sha256>", shops.logo, name="shop-logo"),
    path("settings/mailboxes", mailboxes.mailboxes, name="mailboxes"),
    path("settings/mailboxes/<int:number>", mailboxes.mailbox, name="mailbox"),
    path("settings/mailboxes/<int:number>/change", mailboxes.change, name="mailbox-change"),
    path("settings/tokens", tokens.tokens, name="tokens"),
    path("settings/tokens/<int:number>/revoke", tokens.revoke, name="token-revoke"),
    path("settings/webhooks", webhooks.webhooks, name="webhooks"),
    path("settings/webhooks/<int:number>", webhooks.webhook, name="webhook"),
    path("settings/webhooks/<int:number>/change", webhooks.change, name="webhook-change"),
]
