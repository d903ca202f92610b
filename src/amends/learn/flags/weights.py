"""What each reason counts. The numbers are the house's own judgement, not learnt: a single weak sign never flags a case.

| reason | points | because |
|---|---|---|
| ring | 40 | chance alone is below one in a thousand, and a household is no ring |
| waybill | 30 | the number of a return belongs to another parcel, or was delivered before the buyer asked |
| waybill, delivered elsewhere | 10 | carriers write places in many ways |
| photo_reused | 30 | the picture was sent in for another order |
| photo_catalogue | 20 | the picture is the shop's own |
| photo_contradicts | 10 | dates in files are often wrong |
| velocity, 30 days | 20 | so many requests in so short a time are as rare as one in a hundred |
| velocity, 90 days | 10 | the same over a longer time, which a bad season can bring as well |
| refund_only | 20 | the goods stay far more often than with the shop's other buyers |
| wardrobing | 15 | worn goods that come late; some goods look worn after a fitting |
| bracketing | 5 | several sizes of one style with most sent back is a cost, and a habit that the size table may be to blame for |
"""

from __future__ import annotations

from typing import Final

POINTS: Final = {
    "ring": 40,
    "waybill": 30,
    "waybill_away": 10,
    "photo_reused": 30,
    "photo_catalogue": 20,
    "photo_contradicts": 10,
    "velocity": 20,
    "velocity_90": 10,
    "refund_only": 20,
    "wardrobing": 15,
    "bracketing": 5,
}
LEAST_POINTS: Final = 30
"""No threshold is lower: one strong sign, or several weak ones."""
RARE: Final = 0.01
"""How rare a habit has to be among the shop's cases, or how unlikely by chance."""
LEAST_BASE: Final = 100
"""Below so many cases nothing is said to be rare."""
SOON: Final = 3
OFTEN: Final = 5
"""Requests in 30 and in 90 days from which they count."""
STAYS: Final = 3
"""Refunds without the goods from which they count."""
LATE: Final = 0.75
"""Worn goods count from this share of the shop's returns on that came sooner after delivery."""
SIZES: Final = 3
"""So many variants of one style in one order."""
LEAST_ENDED: Final = 10
"""Flagged cases that ended, from which their share of confirmed ones is worth telling."""
