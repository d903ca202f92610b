"""Which address shows which page."""

from django.urls import path

from amends.web import cases, faults, hooks, look, money, money_page, rules, sign_in, who
from amends.web.setup.addresses import urlpatterns as settings_pages

urlpatterns = [
    path("", cases.work_list, name="list"),
    path("cases/<int:number>", cases.case_page, name="case"),
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
    path("approvals", money.approvals, name="approvals"),
    path("rules", rules.rule_list, name="rules"),
    path("rules/<str:rule>", rules.rule_page, name="rule"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("merchant", who.choose_merchant, name="merchant"),
    path("language", sign_in.choose_language, name="language"),
    path("look", look.choose_look, name="look"),
    path("hooks/<str:gateway>", hooks.hook, name="hook"),
    path("healthz", faults.health, name="health"),
    *settings_pages,
]

handler400 = faults.bad_request
handler403 = faults.forbidden
handler404 = faults.not_found
handler500 = faults.broken
