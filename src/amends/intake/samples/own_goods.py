"""What the self-built store Nordhus sells, where, and what its buyers write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Good:
    """A product: title by language, price in minor units of any of the store's currencies, category and traits."""

    sku: str
    titles: dict[str, str]
    price: int
    category: str
    traits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Land:
    """A market: language of its titles, currency, time zone, standard shipping, and the threshold of its discount."""

    market: str
    language: str
    currency: str
    zone: str
    shipping: int
    names: tuple[str, ...]


GOODS: Final = (
    Good(
        "NH-JKT-01",
        {"en": "Rain jacket, 3 layers", "de": "Regenjacke, 3-lagig", "fr": "Veste de pluie 3 couches"},
        14900,
        "apparel",
    ),
    Good(
        "NH-BOT-02",
        {"en": "Leather walking boots", "de": "Wanderstiefel aus Leder", "fr": "Chaussures de marche en cuir"},
        17950,
        "shoes",
    ),
    Good("NH-BAG-03", {"en": "Rucksack 28 l", "de": "Rucksack 28 l", "fr": "Sac à dos 28 l"}, 9900, "bags"),
    Good(
        "NH-LMP-04",
        {"en": "Desk lamp, oak and brass", "de": "Schreibtischlampe Eiche", "fr": "Lampe de bureau en chêne"},
        12900,
        "furniture",
    ),
    Good(
        "NH-KTL-05",
        {"en": "Electric kettle 1.2 l", "de": "Wasserkocher 1,2 l", "fr": "Bouilloire électrique 1,2 l"},
        7990,
        "appliance",
    ),
    Good(
        "NH-HDP-06",
        {"en": "Noise-cancelling headphones", "de": "Kopfhörer mit Geräuschdämpfung", "fr": "Casque antibruit"},
        22900,
        "electronics",
    ),
    Good(
        "NH-THR-07",
        {"en": "Lambswool throw", "de": "Wolldecke aus Lammwolle", "fr": "Plaid en laine d'agneau"},
        8900,
        "home_textile",
    ),
    Good(
        "NH-MUG-08",
        {"en": "Stoneware mugs, set of 4", "de": "Steinzeugbecher, 4er-Set", "fr": "Mugs en grès, lot de 4"},
        4600,
        "other",
    ),
)
SPECIAL: Final = {
    "custom": Good(
        "NH-ENG-20",
        {"en": "Engraved watch, own text", "de": "Uhr mit eigener Gravur", "fr": "Montre gravée, texte personnel"},
        15900,
        "jewellery",
        ("custom_made",),
    ),
    "hygiene": Good(
        "NH-EAR-21",
        {"en": "In-ear headphones, sealed", "de": "In-Ear-Kopfhörer, versiegelt", "fr": "Écouteurs intra, scellés"},
        9900,
        "electronics",
        ("sealed_hygiene",),
    ),
    "digital": Good(
        "NH-DIG-22",
        {"en": "Trail maps, download", "de": "Wanderkarten, Download", "fr": "Cartes de randonnée, à télécharger"},
        2900,
        "digital",
        ("digital_started",),
    ),
    "gift": Good(
        "NH-GFT-23",
        {"en": "Cotton bag (gift)", "de": "Stoffbeutel (Geschenk)", "fr": "Sac en coton (cadeau)"},
        0,
        "bags",
        ("gift",),
    ),
}
LANDS: Final = (
    Land("DE", "de", "EUR", "Europe/Berlin", 490, ("Jonas Weber", "Lena Hoffmann", "Mia Krüger", "Tim Brandt")),
    Land("FR", "fr", "EUR", "Europe/Paris", 590, ("Camille Moreau", "Hugo Lambert", "Inès Fabre")),
    Land("GB", "en", "GBP", "Europe/London", 395, ("Oliver Hart", "Amelia Stone", "George Lowe")),
    Land("US-CA", "en", "USD", "America/Los_Angeles", 700, ("Maya Torres", "Ethan Park")),
    Land("US-NY", "en", "USD", "America/New_York", 700, ("Grace Kim", "Noah Rossi")),
    Land("US", "en", "USD", "America/Chicago", 700, ("Ava Miller", "Liam Reed")),
)
MESSAGES: Final[dict[str, dict[str, str]]] = {
    "changed_mind": {
        "en": "I have changed my mind and would like to send it back.",
        "de": "Hiermit widerrufe ich meinen Kauf und schicke den Artikel zurück.",
        "fr": "Je me rétracte et souhaite renvoyer l'article.",
    },
    "wrong_size": {
        "en": "A size too small; could I have the next one up?",
        "de": "Eine Nummer zu klein, bitte gegen die nächste Größe tauschen.",
        "fr": "Une taille trop petit, puis-je échanger ?",
    },
    "quality": {
        "en": "It stopped working after three weeks. Photos attached.",
        "de": "Nach drei Wochen defekt, Fotos anbei.",
        "fr": "En panne au bout de trois semaines, photos jointes.",
    },
    "damaged": {
        "en": "The box was crushed and two pieces are broken.",
        "de": "Karton eingedrückt, zwei Teile zerbrochen.",
        "fr": "Carton écrasé, deux pièces cassées.",
    },
    "not_received": {
        "en": "Tracking has not moved for two weeks. Where is it?",
        "de": "Seit zwei Wochen keine Bewegung in der Sendungsverfolgung.",
        "fr": "Le suivi n'a pas bougé depuis deux semaines.",
    },
    "wrong_item": {
        "en": "You sent the grey one, I ordered blue.",
        "de": "Geliefert wurde Grau, bestellt war Blau.",
        "fr": "Reçu en gris, commandé en bleu.",
    },
    "missing_item": {
        "en": "One of the two parcels' items is missing.",
        "de": "Ein Artikel fehlte im Paket.",
        "fr": "Il manque un article dans le colis.",
    },
    "better_price": {
        "en": "It went on sale the day after I bought it.",
        "de": "Einen Tag nach dem Kauf im Angebot.",
        "fr": "En promotion le lendemain de mon achat.",
    },
    "unrecognised_charge": {
        "en": "I do not recognise this charge on my card.",
        "de": "Diese Abbuchung kenne ich nicht.",
        "fr": "Je ne reconnais pas ce débit.",
    },
    "late_shipment": {
        "en": "Promised for last week and still not sent. Please cancel.",
        "de": "Noch immer nicht versandt, bitte stornieren.",
        "fr": "Toujours pas expédié, merci d'annuler.",
    },
}
