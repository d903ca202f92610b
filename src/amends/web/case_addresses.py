"""Which address does which verb on a case."""

from __future__ import annotations

from django.urls import path

from amends.web import case_deeds as deeds
from amends.web import case_freight as freight
from amends.web import case_labels as labels
from amends.web import case_parcels as parcels
from amends.web import case_verbs as verbs
from amends.web import remedy_verbs as remedies
from amends.web.case_doing import doing
from amends.web.case_files import add_files
from amends.web.case_platform import refusal_reasons
from amends.web.case_reading import do_reason
from amends.web.flags import do_friction, do_friction_off, do_look_again

VERBS = (
    ("approve", "work", verbs.do_approve),
    ("yes", "work", verbs.do_yes),
    ("no", "work", verbs.do_no),
    ("take-back", "work", verbs.do_no),
    ("refuse", "work", verbs.do_refuse),
    ("offer", "work", verbs.do_offer),
    ("take-back-offer", "work", verbs.do_take_back_offer),
    ("buyers-answer", "work", verbs.do_buyers_answer),
    ("ask", "work", verbs.do_ask),
    ("evidence", "receive", verbs.do_evidence),
    ("withdraw", "work", verbs.do_withdraw),
    ("close", "work", verbs.do_close),
    ("reopen", "work", verbs.do_reopen),
    ("receive", "receive", verbs.do_receive),
    ("inspect", "receive", verbs.do_inspect),
    ("settle", "work", verbs.do_settle),
    ("sent", "receive", verbs.do_sent),
    ("return-goods", "receive", verbs.do_return_goods),
    ("lost", "receive", verbs.do_lost),
    ("replacement-lost", "receive", remedies.do_replacement_lost),
    ("ship", "receive", verbs.do_ship),
    ("delivered", "receive", verbs.do_delivered),
    ("split", "work", verbs.do_split),
    ("merge", "work", verbs.do_merge),
    ("escalate", "work", verbs.do_escalate),
    ("assign", "work", verbs.do_assign),
    ("take", "work", verbs.do_take),
    ("release", "work", verbs.do_release),
    ("follow", "receive", parcels.do_follow),
    ("stop", "work", parcels.do_stop),
    ("intercept", "work", freight.do_intercept),
    ("intercept-told", "work", freight.do_intercept_told),
    ("way-back", "work", freight.do_way_back),
    ("insurance", "work", freight.do_insurance),
    ("reimburse", "work", freight.do_reimburse),
    ("freight-with-refund", "work", freight.do_with_refund),
    ("carrier-claim", "work", freight.do_claim),
    ("carrier-claim-moved", "work", freight.do_claim_moved),
    ("signal-wrong", "work", freight.do_signal_wrong),
    ("reason", "work", do_reason),
    ("pickup-rates", "work", labels.do_pickup_rates),
    ("label-rates", "work", labels.do_rates),
    ("label-buy", "work", labels.do_buy),
    ("label-drop", "work", labels.do_drop),
    ("label-void", "work", labels.do_void),
    ("label-say", "work", labels.do_say),
    ("friction", "work", do_friction),
    ("friction-off", "work", do_friction_off),
    ("look-again", "assign", do_look_again),
    ("note", "receive", verbs.do_note),
    ("message", "work", verbs.do_message),
    ("undo", "work", verbs.do_undo),
    ("choose", "work", remedies.do_choose),
    ("choices", "work", remedies.do_choices),
    ("advance", "work", remedies.do_advance),
    ("quote", "receive", remedies.do_quote),
    ("repair", "receive", remedies.do_repair),
    ("repaired", "receive", remedies.do_repaired),
    ("failed", "receive", remedies.do_failed),
    ("protect", "work", remedies.do_protect),
    ("let-go", "work", remedies.do_let_go),
    ("charge", "work", remedies.do_charge),
    ("deed-done", "work", deeds.do_deed_done),
    ("deed-drop", "work", deeds.do_deed_drop),
    ("return-address", "work", deeds.do_return_address),
    ("deed-again", "work", deeds.do_deed_again),
)
"""A verb's name in its address, the duty it needs, and what does it."""

urlpatterns = [
    path("cases/<int:number>/files", add_files, name="case-files"),
    path("cases/<int:number>/refusal-reasons", refusal_reasons, name="case-refusal-reasons"),
    *[path(f"cases/<int:number>/{name}", doing(name, duty, verb), name=f"case-{name}") for name, duty, verb in VERBS],
]
