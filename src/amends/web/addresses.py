"""Which address shows which page."""

from django.urls import path

from amends.web import (
    approvals,
    audit,
    case_page,
    cases,
    faults,
    files,
    hooks,
    look,
    me,
    merchants,
    money,
    money_page,
    passkeys,
    people,
    rules,
    sign_in,
    who,
    withdrawals,
)
from amends.web.api.addresses import urlpatterns as api_addresses
from amends.web.case_addresses import urlpatterns as case_verbs
from amends.web.list_addresses import urlpatterns as list_pages
from amends.web.portal.addresses import urlpatterns as buyers_pages
from amends.web.setup.addresses import urlpatterns as settings_pages

urlpatterns = [
    path("", cases.work_list, name="list"),
    path("cases/<int:number>", case_page.case_page, name="case"),
    path("cases/<int:number>/peek", cases.peek, name="peek"),
    path("cases/<int:number>/money", money.panel, name="money"),
    path("cases/<int:number>/pay-out", money.pay_out, name="pay-out"),
    path("cases/<int:number>/plans/<int:plan>/approve", money.approve, name="approve"),
    path("cases/<int:number>/plans/<int:plan>/refuse", money.refuse, name="refuse"),
    path("cases/<int:number>/steps/<int:step>/cancel", money.cancel, name="cancel"),
    path("cases/<int:number>/steps/<int:step>/proof", money.prove, name="prove"),
    path("money", money_page.money_page, name="money-page"),
    path("money/notices/<int:number>/replay", money_page.replay, name="replay"),
    path("money/differences/<int:number>/settle", money_page.settle, name="settle"),
    path("cases/<int:number>/extra", money.extra, name="extra"),
    path("cases/<int:number>/steps/<int:step>/undo", money.undo, name="undo"),
    path("approvals", approvals.approvals, name="approvals"),
    path("rules", rules.rule_list, name="rules"),
    path("rules/<str:rule>", rules.rule_page, name="rule"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/second", sign_in.second_proof, name="second"),
    path("sign-in/passkey/begin", passkeys.begin_using, name="passkey-begin"),
    path("sign-in/passkey", passkeys.finish_using, name="passkey"),
    path("join/<str:token>", people.accept, name="join"),
    path("me", me.me, name="me"),
    path("me/sure", me.sure, name="sure"),
    path("me/password", me.change_password, name="password"),
    path("me/app/begin", me.begin_app, name="app-begin"),
    path("me/app", me.confirm_app, name="app"),
    path("me/app/remove", me.remove_app, name="app-remove"),
    path("me/codes", me.new_codes, name="codes"),
    path("me/passkeys/begin", passkeys.begin_making, name="passkey-new-begin"),
    path("me/passkeys", passkeys.finish_making, name="passkey-new"),
    path("me/passkeys/<int:number>/remove", me.forget_passkey, name="passkey-remove"),
    path("me/sessions/<int:number>/end", me.end_one, name="session-end"),
    path("me/sessions/end", me.end_others, name="sessions-end"),
    path("people", people.people, name="people"),
    path("people/invite", people.invite, name="invite"),
    path("people/invitations/<int:number>/withdraw", people.withdraw, name="withdraw"),
    path("people/<int:number>/role", people.give_role, name="role"),
    path("people/<int:number>/remove", people.remove, name="remove"),
    path("people/<int:number>/switch", people.switch, name="switch"),
    path("people/<int:number>/reset", people.reset, name="reset"),
    path("merchants", merchants.merchants, name="merchants"),
    path("merchants/new", merchants.make, name="merchant-new"),
    path("merchants/title", merchants.rename, name="merchant-title"),
    path("merchants/shop", merchants.give_shop, name="merchant-shop"),
    path("audit", audit.audit, name="audit"),
    path("cases/<int:number>/show", audit.show, name="show"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("merchant", who.choose_merchant, name="merchant"),
    path("language", sign_in.choose_language, name="language"),
    path("look", look.choose_look, name="look"),
    path("hooks/<str:gateway>", hooks.hook, name="hook"),
    path("healthz", faults.health, name="health"),
    *case_verbs,
    *list_pages,
    path("files/<str:sha256>/preview.jpg", files.preview, name="file-preview"),
    path("files/<str:sha256>/original", files.original, name="file-original"),
    path("withdrawals", withdrawals.withdrawals, name="withdrawals"),
    path("withdrawals/<int:number>/settle", withdrawals.settle, name="withdrawal-settle"),
    *api_addresses,
    *settings_pages,
    *buyers_pages,
]

handler400 = faults.bad_request
handler403 = faults.forbidden
handler404 = faults.not_found
handler500 = faults.broken
