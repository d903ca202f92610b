"""Which address shows which page of a shop's buyers. Whoever has a case's token may follow that case, and nothing else."""

from django.urls import path

from amends.web.case_labels import buyers_label
from amends.web.portal import ask, case, check, find, inspection, look, no_more, remedy, survey, withdraw

_CASE = "s/<str:shop>/case/<str:token>"

urlpatterns = [
    path("s/<str:shop>", find.find, name="portal"),
    path("s/<str:shop>/leave", find.leave, name="portal-leave"),
    path("s/<str:shop>/look.css", look.style, name="portal-look"),
    path("s/<str:shop>/logo/<str:sha256>", look.logo, name="portal-logo"),
    path("s/<str:shop>/order", ask.order_page, name="portal-order"),
    path("s/<str:shop>/ask", ask.ask, name="portal-ask"),
    path("s/<str:shop>/ask/preview", ask.preview, name="portal-preview"),
    path("s/<str:shop>/withdraw", withdraw.state, name="portal-withdraw"),
    path("s/<str:shop>/withdraw/confirm", withdraw.confirm, name="portal-withdraw-confirm"),
    path("s/<str:shop>/withdraw/<str:token>", withdraw.received, name="portal-withdraw-received"),
    path("s/<str:shop>/withdraw/<str:token>/receipt.<str:form>", withdraw.receipt, name="portal-withdraw-receipt"),
    path(_CASE, case.case_page, name="portal-case"),
    path(f"{_CASE}/receipt", case.receipt, name="portal-receipt"),
    path(f"{_CASE}/slip", case.slip, name="portal-slip"),
    path(f"{_CASE}/label", buyers_label, name="portal-label"),
    path(f"{_CASE}/say", case.say, name="portal-say"),
    path(f"{_CASE}/give", case.give, name="portal-give"),
    path(f"{_CASE}/answer", case.answer, name="portal-answer"),
    path(f"{_CASE}/sent", case.sent, name="portal-sent"),
    path(f"{_CASE}/choose", remedy.choose, name="portal-choose"),
    path(f"{_CASE}/consent", remedy.consent, name="portal-consent"),
    path(f"{_CASE}/object", inspection.objects, name="portal-object"),
    path(f"{_CASE}/agree", inspection.agrees, name="portal-agree"),
    path(f"{_CASE}/look-again", check.objects, name="portal-look-again"),
    path(f"{_CASE}/no-more", no_more.no_more, name="portal-no-more"),
    path(f"{_CASE}/survey", survey.survey, name="portal-survey"),
    path(f"{_CASE}/take-back", case.take_back, name="portal-take-back"),
    path(f"{_CASE}/files/<str:sha256>/preview.jpg", case.preview, name="portal-file"),
]
