"""Looking at pictures, over the database that Django was made ready for."""

from __future__ import annotations

from amends.desk.cases.desk import CaseDesk
from amends.desk.evidence import EvidenceDesk
from amends.desk.pictures import PictureDesk
from amends.desk.product_pictures import ProductPictureDesk


def picture_desk(cases: CaseDesk, evidence: EvidenceDesk) -> PictureDesk:
    """The verbs on pictures, over the files of `evidence`."""
    from amends.store.picture_book import DatabasePictureBook
    from amends.store.picture_index import DatabasePictureIndex

    book, index = DatabasePictureBook(), DatabasePictureIndex()
    return PictureDesk(book, index, evidence.shelf, cases, ProductPictureDesk(book, index, cases.now))
