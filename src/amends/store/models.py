"""All tables, so that Django finds them: cases and the work on them, the inbox, statements, money, people, settings."""

from amends.store.api_models import ApiAnswerRow, ApiTokenRow, WebhookDeliveryRow, WebhookEndpointRow
from amends.store.audit_models import AuditHeadRow, AuditRow, AuditSealRow
from amends.store.booking_models import BookingRow
from amends.store.case_models import CaseFile, CaseRow, CaseText, RawRow, Shop
from amends.store.channel_models import (
    BackfillRow,
    ChannelAlarmRow,
    ConnectionRow,
    DeedRow,
    HintRow,
    PlatformCaseRow,
    PlatformOrderRow,
    PlatformSaidRow,
    PlatformTalkRow,
    PushRow,
    RefusalWordRow,
    SnapshotRow,
    ToldRefundRow,
)
from amends.store.collect_models import CollectionAttempt, CollectionRow
from amends.store.dispute_models import DisputeRow, FightRow, PaymentSignRow
from amends.store.dossier_models import DossierRow
from amends.store.evidence_models import EvidenceRow, WithdrawalRow
from amends.store.flag_models import FlagRow, FlagTermsRow
from amends.store.follow_models import FollowTermsRow, SurveyRow
from amends.store.freight_models import (
    CarrierClaimRow,
    FreightRow,
    InterceptionRow,
    WaybillUseRow,
    WithdrawnSignalRow,
)
from amends.store.gift_models import GiftRow
from amends.store.guard_models import GuardShopRow, MonthToldRow, PostedPageRow
from amends.store.inbox_models import NoticeRow
from amends.store.log_models import ApprovalRow, CaseLogRow, DeadlineRow, MessageRow, OfferRow, ShopOrder
from amends.store.mail_models import MailboxRow, MailRow
from amends.store.metric_models import ShopCostRow
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
from amends.store.own_word_models import OwnWordRow
from amends.store.people_models import Membership, Merchant
from amends.store.picture_models import (
    EvidenceSignalRow,
    PictureRow,
    PieceLookRow,
    PrintRow,
    ProductPictureRow,
)
from amends.store.post_models import PostRow, SenderRow
from amends.store.practice_models import PracticeMarkRow, PracticeRoundRow
from amends.store.prevention_models import CauseRunRow, CauseTaskRow
from amends.store.rehearsal_models import RehearsalRow, ShadowCaseRow, ShadowRow
from amends.store.remedy_models import ChargeRow, PriceDropRow, StockHoldRow
from amends.store.report_models import ReportPostRow, ReportReceiverRow, ReportRow, ReportRunRow
from amends.store.restore_models import RestoreRow
from amends.store.review_models import ReviewRow
from amends.store.ruling_models import RulingMoneyRow
from amends.store.score_models import ScoreReadingRow, ScoreTermsRow
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
from amends.store.sms_models import SmsInRow, SmsRow, SmsSenderRow, SmsStopRow
from amends.store.statement_models import (
    DifferenceRow,
    StatementLineRow,
    StatementRow,
)
from amends.store.station_models import StrayCaseRow, StrayRow, VisitRow
from amends.store.team_models import TeamHookRow, TeamLineRow
from amends.store.tracking_models import AskedRow, CaseParcelRow, LogMarkRow, ParcelRow, ScanRow, StopRow
from amends.store.vault_models import (
    AuditRunRow,
    CustodyRow,
    DigestLeafRow,
    GoodsProofRow,
    ListingRow,
    LogDigestRow,
    StampRow,
    VaultFileRow,
)
from amends.store.win_back_models import ConsentRow, WinBackRow

__all__ = [
    "AgendaRow",
    "ApiAnswerRow",
    "ApiTokenRow",
    "ApprovalRow",
    "AskedRow",
    "AuditHeadRow",
    "AuditRow",
    "AuditRunRow",
    "AuditSealRow",
    "BackfillRow",
    "BookEntryRow",
    "BookLineRow",
    "BookingRow",
    "CalendarRow",
    "CarrierClaimRow",
    "CaseFile",
    "CaseLogRow",
    "CaseParcelRow",
    "CaseRow",
    "CaseText",
    "CauseRunRow",
    "CauseTaskRow",
    "ChangeCount",
    "ChannelAlarmRow",
    "ChargeRow",
    "CollectionAttempt",
    "CollectionRow",
    "ConnectionRow",
    "ConsentRow",
    "CustodyRow",
    "DeadlineRow",
    "DeedRow",
    "DifferenceRow",
    "DigestLeafRow",
    "DisputeRow",
    "DossierRow",
    "EvidenceRow",
    "EvidenceSignalRow",
    "FightRow",
    "FlagRow",
    "FlagTermsRow",
    "FollowTermsRow",
    "FreightRow",
    "GiftRow",
    "GoodsProofRow",
    "GuardShopRow",
    "GuidedRow",
    "HintRow",
    "InterceptionRow",
    "Invitation",
    "ListingRow",
    "LogDigestRow",
    "LogMarkRow",
    "MailRow",
    "MailboxRow",
    "Membership",
    "Merchant",
    "MessageRow",
    "MonthToldRow",
    "NoticeRow",
    "OfferRow",
    "OneTimePassword",
    "Order",
    "OrderLine",
    "OrderPayment",
    "OwnWordRow",
    "ParcelRow",
    "Passkey",
    "PayPlan",
    "PayStep",
    "PaymentSignRow",
    "PictureRow",
    "PieceLookRow",
    "PlatformCaseRow",
    "PlatformOrderRow",
    "PlatformSaidRow",
    "PlatformTalkRow",
    "PolicyRow",
    "PolicyVersion",
    "PostRow",
    "PostedPageRow",
    "PracticeMarkRow",
    "PracticeRoundRow",
    "PresenceRow",
    "PriceDropRow",
    "PrintRow",
    "ProductPictureRow",
    "PushRow",
    "RawRow",
    "RecoveryCode",
    "RefusalWordRow",
    "RehearsalRow",
    "ReportPostRow",
    "ReportReceiverRow",
    "ReportRow",
    "ReportRunRow",
    "RestoreRow",
    "ReviewRow",
    "RulingMoneyRow",
    "SavedViewRow",
    "ScanRow",
    "ScoreReadingRow",
    "ScoreTermsRow",
    "SenderRow",
    "SessionNote",
    "ShadowCaseRow",
    "ShadowRow",
    "Shop",
    "ShopCostRow",
    "ShopOrder",
    "ShopPage",
    "SmsInRow",
    "SmsRow",
    "SmsSenderRow",
    "SmsStopRow",
    "SnapshotRow",
    "StampRow",
    "StatementLineRow",
    "StatementRow",
    "StepAttempt",
    "StepPart",
    "StepTold",
    "StockHoldRow",
    "StopRow",
    "StrayCaseRow",
    "StrayRow",
    "SurveyRow",
    "TeamHookRow",
    "TeamLineRow",
    "TemplateRow",
    "ToldRefundRow",
    "Tries",
    "VaultFileRow",
    "VisitRow",
    "WaybillUseRow",
    "WebhookDeliveryRow",
    "WebhookEndpointRow",
    "WinBackRow",
    "WithdrawalRow",
    "WithdrawnSignalRow",
]
