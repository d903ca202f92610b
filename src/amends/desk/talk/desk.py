"""The verbs on what is said to buyers, as pages are handed them."""

from __future__ import annotations

from dataclasses import dataclass

from amends.desk.talk.letters import LetterDesk
from amends.desk.talk.senders import SenderDesk
from amends.desk.talk.sms import SmsLook
from amends.desk.talk.sms_in import SmsInbox
from amends.desk.talk.sms_senders import SmsSenderDesk
from amends.desk.talk.team import TeamDesk


@dataclass(frozen=True, slots=True)
class TalkDesk:
    """`letters`: the mails out. `senders`: by which server each shop writes. `team`: the team's own chats.

    `sms`: how each shop sends text messages. `look`: what one would be before it leaves. `texts_in`: what providers tell by themselves.
    """

    letters: LetterDesk
    senders: SenderDesk
    team: TeamDesk
    sms: SmsSenderDesk
    look: SmsLook
    texts_in: SmsInbox
