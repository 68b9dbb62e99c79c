"""Facts of Almedalen's official programme, and of the county, as data.

Sources: the official programme of 2022 (1,661 activities, public data); the organisers' terms of 2026. The length caps
are inferred: the longest texts of the programme hit them exactly.
"""

from datetime import date
from types import MappingProxyType

from bot.domain.frozen import dataclass

TITLE_MAX = 100
DESCRIPTION_MAX = 300
MORE_MAX = 1000
"""Characters (`text.length`) of the title, the description of the societal question and the further information."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice with a stable key and its label in each language; the Swedish one is the official programme's own."""

    key: str
    sv: str
    en: str

    @property
    def words(self) -> dict[str, str]:
        """The labels by language."""
        return {"sv": self.sv, "en": self.en}

    def label(self, language: str) -> str:
        """The label in a language, Swedish where there is none."""
        return self.en if language == "en" else self.sv


TYPES = (
    Choice("conversation", "Samtal", "Conversation"),
    Choice("seminar", "Seminarium/föreläsning", "Seminar/lecture"),
    Choice("debate", "Debatt/panelsamtal", "Debate/panel"),
    Choice("workshop", "Workshop", "Workshop"),
    Choice("networking", "Nätverkande", "Networking"),
    Choice("questions", "Utfrågning/frågestund", "Hearing/questions"),
    Choice("meeting_point", "Träffpunkt", "Meeting point"),
    Choice("speech", "Tal", "Speech"),
    Choice("press", "Presskonferens", "Press conference"),
    Choice("film", "Filmvisning med samtal", "Film and conversation"),
    Choice("theatre", "Teater med samtal", "Theatre and conversation"),
    Choice("economic", "Ekonomiskt seminarium", "Economic seminar"),
    Choice("demonstration", "Manifestation/demonstration", "Rally/demonstration"),
    Choice("almedalen_speech", "Tal i Almedalen", "Speech in Almedalen"),
)
"""Kinds of activity, likeliest first; the first five are enough for most."""

KINDS = MappingProxyType({choice.key: choice for choice in TYPES})
COMMON_KINDS = tuple(KINDS)[:5]
"""The types by key, and the keys of those offered first."""

ACCESSIBILITY = (
    Choice("wheelchair", "Entré och lokal tillgänglig för rullstol", "Entrance and room accessible by wheelchair"),
    Choice("toilet", "Handikappanpassad WC", "Accessible toilet"),
    Choice("audio_description", "Syntolkning", "Audio description"),
    Choice("sign_language", "Teckenspråkstolkning", "Sign language interpreting"),
    Choice("hearing_loop", "Teleslinga", "Hearing loop"),
    Choice("captions", "Textning", "Captions"),
)

LANGUAGES = (
    Choice("sv", "Svenska", "Swedish"),
    Choice("en", "Engelska", "English"),
    Choice("sv_en", "Svenska och engelska", "Swedish and English"),
)

TOPICS = (
    Choice("other", "Annat", "Other"),
    Choice("children", "Barn/ungdom", "Children/young people"),
    Choice("tourism", "Besöksnäring", "Tourism"),
    Choice("building", "Byggande", "Building"),
    Choice("democracy", "Demokrati", "Democracy"),
    Choice("digitalisation", "Digitalisering", "Digitalisation"),
    Choice("nature", "Djur/natur", "Animals/nature"),
    Choice("economy", "Ekonomi", "Economy"),
    Choice("energy", "Energi", "Energy"),
    Choice("eu", "EU", "EU"),
    Choice("research", "Forskning", "Research"),
    Choice("sustainability", "Hållbarhet", "Sustainability"),
    Choice("infrastructure", "Infrastruktur/kommunikationer", "Infrastructure/transport"),
    Choice("innovation", "Innovation", "Innovation"),
    Choice("integration", "Integration/mångfald", "Integration/diversity"),
    Choice("international", "Internationella frågor", "International affairs"),
    Choice("equality", "Jämställdhet", "Gender equality"),
    Choice("climate", "Klimat/miljö", "Climate/environment"),
    Choice("communication", "Kommunikation/information", "Communication/information"),
    Choice("culture", "Kultur", "Culture"),
    Choice("food", "Mat", "Food"),
    Choice("media", "Media/journalistik", "Media/journalism"),
    Choice("human_rights", "Mänskliga rättigheter", "Human rights"),
    Choice("business", "Näringsliv", "Business"),
    Choice("party_half_day", "Partiets halvdag", "The party's half-day"),
    Choice("regions", "Regionfrågor", "Regional affairs"),
    Choice("religion", "Religion", "Religion"),
    Choice("justice", "Rättsväsende/brott", "Justice/crime"),
    Choice("employment", "Sysselsättning/arbetsmarknad", "Employment/labour market"),
    Choice("security", "Säkerhet/försvar", "Security/defence"),
    Choice("education", "Utbildning", "Education"),
    Choice("care", "Vård och omsorg", "Health and social care"),
    Choice("free_speech", "Yttrandefrihet", "Freedom of expression"),
    Choice("elderly", "Äldre", "Elderly people"),
)
"""Topics of the 2022 programme, in Swedish order."""

PURPOSES = (
    Choice("consensus", "Samsyn och samhandling", "Consensus and joint action"),
    Choice("knowledge", "Kunskapsbyggande", "Building knowledge"),
    Choice("methods", "Metodutveckling", "Developing methods"),
)
"""The project's kinds of purpose; an activity has one or several."""


@dataclass(frozen=True, slots=True)
class Fee:
    """What reporting an activity costs, in SEK, through a day (Swedish time)."""

    amount: int
    through: date


FEES_2026_OPEN_ON = date(2026, 1, 15)
FEES_2026 = (
    Fee(0, date(2026, 3, 11)),
    Fee(500, date(2026, 4, 15)),
    Fee(1000, date(2026, 5, 20)),
    Fee(3000, date(2026, 6, 10)),
    Fee(5000, date(2026, 6, 26)),
)
"""The fee ladder of 2026, the latest known; later years are preliminary after it."""
DELETABLE_THROUGH_2026 = date(2026, 6, 3)
"""Until this day an activity can be deleted from the official programme, after it only marked as cancelled."""


def fees_for(last_day: date) -> tuple[Fee, ...]:
    """The ladder for a week that ends on `last_day`: the days of 2026 in its year, the last step through the week.

    Preliminary for every year but 2026.
    """
    *steps, last = FEES_2026
    return (*(Fee(fee.amount, fee.through.replace(year=last_day.year)) for fee in steps), Fee(last.amount, last_day))


MUNICIPALITIES = MappingProxyType(
    {
        "Arjeplog": "Arjeplogs kommun",
        "Arvidsjaur": "Arvidsjaurs kommun",
        "Boden": "Bodens kommun",
        "Gällivare": "Gällivare kommun",
        "Haparanda": "Haparanda stad",
        "Jokkmokk": "Jokkmokks kommun",
        "Kalix": "Kalix kommun",
        "Kiruna": "Kiruna kommun",
        "Luleå": "Luleå kommun",
        "Pajala": "Pajala kommun",
        "Piteå": "Piteå kommun",
        "Älvsbyn": "Älvsbyns kommun",
        "Överkalix": "Överkalix kommun",
        "Övertorneå": "Övertorneå kommun",
    }
)
"""The county's fourteen municipalities by place, each with the name its organisation goes by."""
