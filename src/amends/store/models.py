"""All tables, so that Django finds them: cases and the work on them, the inbox, statements, money, people, settings."""

from amends.store.api_models import ApiAnswerRow, ApiTokenRow, WebhookDeliveryRow, WebhookEndpointRow
from amends.store.audit_models import AuditRow
from amends.store.case_models import CaseFile, CaseRow, CaseText, RawRow, Shop
from amends.store.channel_models import (
    BackfillRow,
    ChannelAlarmRow,
    ConnectionRow,
    DeedRow,
    HintRow,
    PlatformCaseRow,
    PushRow,
    SnapshotRow,
)
from amends.store.evidence_models import EvidenceRow, WithdrawalRow
from amends.store.inbox_models import NoticeRow
from amends.store.log_models import ApprovalRow, CaseLogRow, DeadlineRow, MessageRow, OfferRow, ShopOrder
from amends.store.mail_models import MailboxRow, MailRow
from amends.store.money_models import (
    AgendaRow,
    BookEntryRow,
    BookLineRow,
    Order,
    OrderLine,
    OrderPayment,
    PayPlan,
    PayStep,
    StepAttempt,
    StepPart,
    StepTold,
)
from amends.store.own_models import GuidedRow, PresenceRow, SavedViewRow
from amends.store.people_models import Membership, Merchant
from amends.store.settings_models import (
    CalendarRow,
    ChangeCount,
    PolicyRow,
    PolicyVersion,
    ShopPage,
    TemplateRow,
)
from amends.store.sign_in_models import (
    Invitation,
    OneTimePassword,
    Passkey,
    RecoveryCode,
    SessionNote,
    Tries,
)
from amends.store.statement_models import (
    DifferenceRow,
    StatementLineRow,
    StatementRow,
)
from amends.store.tracking_models import AskedRow, CaseParcelRow, LogMarkRow, ParcelRow, ScanRow, StopRow

__all__ = [
    "AgendaRow",
    "ApiAnswerRow",
    "ApiTokenRow",
    "ApprovalRow",
    "AskedRow",
    "AuditRow",
    "BackfillRow",
    "BookEntryRow",
    "BookLineRow",
    "CalendarRow",
    "CaseFile",
    "CaseLogRow",
    "CaseParcelRow",
    "CaseRow",
    "CaseText",
    "ChangeCount",
    "ChannelAlarmRow",
    "ConnectionRow",
    "DeadlineRow",
    "DeedRow",
    "DifferenceRow",
    "EvidenceRow",
    "GuidedRow",
    "HintRow",
    "Invitation",
    "LogMarkRow",
    "MailRow",
    "MailboxRow",
    "Membership",
    "Merchant",
    "MessageRow",
    "NoticeRow",
    "OfferRow",
    "OneTimePassword",
    "Order",
    "OrderLine",
    "OrderPayment",
    "ParcelRow",
    "Passkey",
    "PayPlan",
    "PayStep",
    "PlatformCaseRow",
    "PolicyRow",
    "PolicyVersion",
    "PresenceRow",
    "PushRow",
    "RawRow",
    "RecoveryCode",
    "SavedViewRow",
    "ScanRow",
    "SessionNote",
    "Shop",
    "ShopOrder",
    "ShopPage",
    "SnapshotRow",
    "StatementLineRow",
    "StatementRow",
    "StepAttempt",
    "StepPart",
    "StepTold",
    "StopRow",
    "TemplateRow",
    "Tries",
    "WebhookDeliveryRow",
    "WebhookEndpointRow",
    "WithdrawalRow",
]
