"""The built-in messages in English, by event and reason."""

from typing import Final

_END: Final = "\n\nYou can follow your request here: {link}\nQuestions? Write to {contact}.\n{shop}"

EN: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("request_received", ""): (
        "We have your request (order {order})",
        "Hello {buyer},\n\nthank you, your request {case} has reached us.\nWe will answer as soon as we can.\n"
        "We will answer by {deadline} at the latest." + _END,
    ),
    ("evidence_asked", ""): (
        "One more thing about your request (order {order})",
        "Hello {buyer},\n\nto go on with your request we need pictures or a few more words from you.\n"
        "Please send them within {days} days.\nPlease send them by {deadline}.\nWe go on as soon as we have them."
        + _END,
    ),
    ("evidence_asked", "damaged"): (
        "Pictures of the damage, please (order {order})",
        "Hello {buyer},\n\nwe are sorry that the goods came damaged. Please send a picture each of the damage, of the box and of its label.\n"
        "Please send them within {days} days.\nPlease send them by {deadline}.\nWe go on as soon as we have them."
        + _END,
    ),
    ("evidence_asked", "missing_item"): (
        "Pictures of what came, please (order {order})",
        "Hello {buyer},\n\nwe are sorry that something is missing. Please send a picture of everything that came, of the box and of its label.\n"
        "Please send them within {days} days.\nPlease send them by {deadline}.\nWe go on as soon as we have them."
        + _END,
    ),
    ("offer_made", ""): (
        "Our offer (order {order})",
        "Hello {buyer},\n\nabout your request, this is what we offer:\nWhat we do: {remedy}\nAmount: {amount}\n"
        "Please tell us by {deadline} whether you accept. Until then your request stands as it is." + _END,
    ),
    ("approved", ""): (
        "Your request is granted (order {order})",
        "Hello {buyer},\n\nyour request is granted.\nWhat we do: {remedy}\nAmount: {amount}\n"
        "Please send the goods back by {deadline} and tell us the tracking number.\nSend them to: {return_address}\n"
        "Money goes back the way you paid." + _END,
    ),
    ("refused", ""): (
        "About your request (order {order})",
        "Hello {buyer},\n\nwe are sorry: this time we cannot grant your request.\nThe reason: {reason}\n"
        "If there is more that we should know, answer us at any time." + _END,
    ),
    ("label_ready", ""): (
        "Your return label is ready (order {order})",
        "Hello {buyer},\n\nyour return label is ready. Print it from your page, stick it on the parcel and hand the parcel in.\n"
        "The carriage is paid.\nTracking number: {waybill}\nPlease send the goods back by {deadline}." + _END,
    ),
    ("pickup_ready", ""): (
        "Your return will be collected (order {order})",
        "Hello {buyer},\n\na courier comes for your return. Please have the parcel packed and closed.\nWhen: {pickup}\n"
        "Tracking number: {waybill}\nYou pay nothing to the courier." + _END,
    ),
    ("pickup_off", ""): (
        "Your return will not be collected (order {order})",
        "Hello {buyer},\n\nthe courier who was to come for your return does not come after all.\nIt was: {pickup}\n"
        "Please keep the parcel; we tell you how it goes on." + _END,
    ),
    ("parcel_received", ""): (
        "Your return has arrived (order {order})",
        "Hello {buyer},\n\nwhat you sent back has arrived and is being looked at.\nWe will be done by {deadline} at the latest."
        + _END,
    ),
    ("inspected", ""): (
        "What we found in your return (order {order})",
        "Hello {buyer},\n\nwe have looked at what you sent back. This is what we found:\n{findings}\n"
        "We would take this off your refund: {amount}\n"
        "You can see the photos on the page below, and object there until {deadline}: then another person looks at the goods again."
        + _END,
    ),
    ("second_look", ""): (
        "We looked at your return again (order {order})",
        "Hello {buyer},\n\nanother person has looked at your return a second time. This is what they found:\n{findings}\n"
        "This is taken off your refund: {amount}\nThe second look stands." + _END,
    ),
    ("check_kept", ""): (
        "We looked at your request again (order {order})",
        "Hello {buyer},\n\nyou asked us to look again at the extra check of your request {case}. Another person did. The check stays, "
        "and this is why:\n{reason}\nIt is no accusation, and what is due to you stays the same. If we got something wrong, please write to us."
        + _END,
    ),
    ("check_lifted", ""): (
        "The check of your request is taken off (order {order})",
        "Hello {buyer},\n\nyou asked us to look again at the extra check of your request {case}. The check is taken off: you need not do "
        "anything more for it, and your request goes on as usual.\n{reason}\nThank you for telling us." + _END,
    ),
    ("refund_sent", ""): (
        "Your money is on its way (order {order})",
        "Hello {buyer},\n\n{amount} is on its way back to you the way you paid. Banks take 1 to 7 working days as a rule."
        + _END,
    ),
    ("withdrawn", ""): (
        "Your request is withdrawn (order {order})",
        "Hello {buyer},\n\nyour request {case} is withdrawn and we do nothing more about it. While your rights run you may ask again."
        + _END,
    ),
    ("closed", ""): (
        "Your request is settled (order {order})",
        "Hello {buyer},\n\nyour request {case} is settled. Thank you for your patience." + _END,
    ),
    ("survey", ""): (
        "How did we do? (order {order})",
        "Hello {buyer},\n\nyour request {case} is closed. Are you content with how it went? One question, answered with one press, no sign-in:\n{link}\n\n"
        "Whatever you answer changes nothing about what was agreed.\nQuestions? Write to {contact}.\n{shop}",
    ),
    ("gift_given", ""): (
        "Something from us (order {order})",
        "Hello {buyer},\n\nwe are sorry for the trouble. Please accept this from us:\n{gift}\n\nIt takes nothing away from your refund or your rights, and asks nothing of you."
        + _END,
    ),
    ("win_back", ""): (
        "Advertisement: something for you from {shop}",
        "Hello {buyer},\n\nwe are sorry that we let you down. Should you give us another chance, this is for you:\n{gift}\n\nYou are written to because you agreed to hear of our offers. If you would rather not, say so here:\n{link}\nWrite to us: {contact}\n{shop}",
    ),
    ("review_thanks", ""): (
        "Thank you for your review ({product})",
        "Thank you for your kind words; we are glad that {product} serves you well.\nIf anything is not right, we are there for you at {contact}.\n{shop}",
    ),
    ("review_sorry", ""): (
        "About your review ({product})",
        "We are sorry that {product} was not what you expected, and thank you for saying so. Your words went to those who look after it.\nWe would like to put it right: please ask for help from your order's page; a person will answer.\nYou can also write to {contact}.\n{shop}",
    ),
    ("message", ""): ("About your order {order}", "Hello {buyer}," + _END),
}
