"""Which events of a case's log someone outside may read. A test sees to it that every event stands in one of the two lists."""

from __future__ import annotations

from typing import Final

SHOWN: Final = frozenset(
    "opened asked evidence_given evidence_not_given offered offer_taken_back offer_accepted offer_declined offer_expired "
    "approved settled agreement_carried_out refused refused_over_rule undone withdrawn closed reopened "
    "goods_sent goods_received inspected inspection_agreed inspection_objected second_look goods_sent_back goods_lost "
    "label_booked label_sent label_voided pickup_booked pickup_waybill pickup_accepted pickup_picked_up pickup_voided "
    "return_missed wrong_parcel way_back_chosen "
    "choices_offered replacement_chosen replacement_shipped replacement_delivered replacement_lost return_time_anew remedy_failed "
    "repair_quoted repair_free repair_started repair_finished repair_given_up price_protected "
    "charge_asked charge_agreed charge_declined charge_paid charge_given_back difference_given_back "
    "deposit_held deposit_captured deposit_released deposit_lapsed "
    "refund_paid refund_reversed freight_reimbursed freight_with_refund "
    "interception_asked interception_accepted interception_refused interception_failed interception_succeeded "
    "interception_too_late interception_called_off parcel_told stop_asked stop_told platform_done".split()
)
"""What was done between shop, buyer, carrier and platform."""

INSIDE: Final = frozenset(
    "imported decided assigned taken taken_over released escalated noted "
    "approval_asked approval_refused advance_allowed money_approved money_proposed money_refused refund_failed refund_held "
    "deadline_missed promise_missed clock_after_win came_back disposed "
    "message_from_buyer message_from_platform message_on_console message_to_buyer "
    "texts_stopped texts_wanted letter_failed letter_settled letter_unsure "
    "merged merged_from split split_from further_parcel parcel_alarm parcel_followed parcel_matched photo_signals "
    "reason_chosen reason_kept waybill_signal waybill_signal_outdated waybill_signal_wrong "
    "interception_refund_waits carrier_claim_due carrier_claim_lapsed carrier_claim_moved "
    "label_dropped label_failed label_file_missing label_kept label_person label_rates label_refused label_said label_void_asked "
    "label_voiding label_wanted pickup_double pickup_dropped pickup_failed pickup_missed pickup_person pickup_rates pickup_refused "
    "pickup_said pickup_settled pickup_void_asked pickup_wanted "
    "carrier_claim_opened carrier_claim_paid freight_insurance "
    "collection_failed page_again page_ended paid_twice "
    "friction_applied friction_taken_off look_again_asked look_again_answered look_again_lapsed "
    "charge_dropped charge_linked deposit_due hold_ran_out replacement_reserved stock_held stock_held_on stock_released "
    "repair_waits repair_goes_on "
    "platform_again platform_changed platform_dropped platform_failed platform_task platform_told platform_unsure "
    "dispute_accept_done dispute_accept_dropped dispute_accept_failed dispute_accept_unsure dispute_accept_wanted "
    "dispute_ruling_money_booked dispute_ruling_money_proposed dispute_ruling_money_refused "
    "dispute_chosen dispute_matched dispute_moved dispute_not_answered dispute_submit_done dispute_submit_dropped "
    "dispute_submit_failed dispute_submit_unsure dispute_submit_wanted dispute_taken_back dispute_tell_done "
    "dispute_tell_failed dispute_told dossier_built "
    "survey_asked survey_answered survey_changed second_contact_given second_contact "
    "extra_given extra_proposed gift_given gift_proposed gift_refused gift_taken_back "
    "win_back_drawn win_back_sent win_back_dropped win_back_stopped".split()
)
"""Work among ourselves, second persons, suspicions, stock, and what is told elsewhere in a dossier (messages stand there in full)."""
