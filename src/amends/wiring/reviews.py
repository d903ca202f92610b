"""Reviews joined to the database and to the merchant's templates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from amends.desk.reviews.desk import ReviewDesk
from amends.facts.letters import Tongue, chosen, render, tongue_of
from amends.facts.reviews import Review
from amends.wiring.clock import now

_PLAIN: Final[dict[Tongue, str]] = {"zh": "本商品", "zh_hant": "本商品", "en": "the product"}


def review_desk(clock: Callable[[], datetime] = now) -> ReviewDesk:
    """The verbs of reviews, over the database that Django was made ready for."""
    from amends.store.follow_book import DatabaseFollow
    from amends.store.review_book import DatabaseReviews

    return ReviewDesk(DatabaseReviews(), DatabaseFollow(), suggested, clock)


def suggested(review: Review) -> str:
    """The text of the template for a review, by the merchant's own words or the built-in ones, in the market's language."""
    from amends.store.shop_pages import DatabaseShops
    from amends.store.templates import DatabaseTemplates

    language = tongue_of(review.market)
    event = "review_sorry" if review.low else "review_thanks"
    reason = review.case[2] if review.case else ""
    texts = DatabaseTemplates().of_event(review.merchant, event, language)
    template = chosen(texts, review.merchant, event, reason, language)
    look = DatabaseShops().look(review.shop)
    values = {
        "shop": look.title or review.shop,
        "product": _title(review) or _PLAIN[language],
        "stars": str(review.told.stars),
        "contact": look.contact_mail,
    }
    return render(event, reason, language, values, template)[1]


def _title(review: Review) -> str:
    """What was bought, as the order calls it; "" where it is not known, or the review is about the shop."""
    from amends.store.review_book import title_of

    return title_of(review.shop, review.told.order, review.told.sku) if review.told.kind == "product" else ""
