"""What a verb asks for: a source that decides, something observable that stands for it, a template of ours."""

from dataclasses import dataclass

from forecasts.language.categories.authorities import AGENCIES, COUNCIL, IDMC, IPC, ISW, OCHA, UNHCR, Authority
from forecasts.language.folding import word_set
from forecasts.language.reading import Slots

_PEOPLE = word_set(
    "people persons civilians residents refugees families migrants returnees households sudanese inhabitants arrivals"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A kind of event: the verbs that ask for it, who decides, and what can be observed of it.

    `template` is the key of the template that asks the same; `observable` completes "It counts as observed where …";
    `needs` are the slots without which the frame does not fit.
    """

    key: str
    verbs: frozenset[str]
    authority: Authority
    observable: str
    template: str = ""
    objects: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    rule: str = ""

    def fits(self, slots: Slots) -> bool:
        verb = str(slots.predicate.normal).split()[0] if slots.predicate else ""
        if verb not in self.verbs or any(getattr(slots, name) is None for name in self.needs):
            return False
        return not self.objects or bool(self.objects & _words(slots))


def _words(slots: Slots) -> set[str]:
    """The words of who or what a claim is about, in lower case."""
    said = [slots.object.text if slots.object else "", slots.proposition.subject, slots.proposition.rest]
    quantity = slots.quantity.normal["unit"] if slots.quantity else ""
    return {word.strip(",.").lower() for part in (*said, str(quantity)) for word in part.split()}


FRAMES = (
    Frame(
        "territory",
        word_set("take seize capture retake recapture overrun occupy liberate reconquer"),
        ISW,
        "the source's map shows all of {place} as held by {actor} on at least one day",
        "territory-taken",
        needs=("actor", "place"),
    ),
    Frame(
        "holding",
        word_set("hold retain keep control defend"),
        ISW,
        "the source's map shows {place} as held by {actor} on the last day",
        "territory-held",
        objects=word_set("city town control hold position positions territory province village capital front"),
        needs=("actor", "place"),
    ),
    Frame(
        "displacement",
        word_set("flee displace leave arrive cross return uproot evacuate pour move"),
        OCHA,
        "the source reports a count of the people that the statement speaks of",
        "displacement-least",
        objects=_PEOPLE,
        rule="peak",
    ),
    Frame(
        "hunger",
        word_set("face declare classify starve need experience spread reach have fall occur be"),
        IPC,
        "the source publishes a classification that says so",
        objects=word_set("famine hunger ipc phase starvation food-insecure malnutrition starving"),
        rule="peak",
    ),
    Frame(
        "sanctions",
        word_set("impose reimpose lift ease sanction extend renew tighten"),
        AGENCIES,
        "{actor} publishes the measure in its official journal or on its own site",
        objects=word_set("sanctions sanction embargo tariffs tariff restrictions measures"),
        needs=("actor",),
    ),
    Frame(
        "council",
        word_set("adopt vote veto renew extend authorise authorize approve"),
        COUNCIL,
        "the source publishes the document or the record of the vote",
        objects=word_set("council resolution mandate"),
    ),
    Frame(
        "talks",
        word_set("""
meet resume hold host convene sign agree begin start negotiate attend reach conclude mediate
"""),
        AGENCIES,
        "both sides, or one of them and the host, confirm it on the record",
        objects=word_set("""
talks talk negotiations round summit meeting deal agreement treaty accord truce ceasefire protocol dialogue peace
sides
"""),
    ),
    Frame(
        "ballot",
        word_set("win hold boycott elect vote lose contest postpone take form secure"),
        AGENCIES,
        "the electoral authority announces it",
        objects=word_set("""
election elections vote runoff referendum poll polls seats majority ballot parliament government seat presidency
primary
"""),
    ),
    Frame(
        "figures",
        word_set("""
rise fall grow slow shrink increase decrease reach hit peak exceed surpass cut raise double triple halve drop
decline climb end average total produce contract expand
"""),
        AGENCIES,
        "the body that publishes the series publishes a figure that says so, in its first release for the period",
        rule="first",
    ),
    Frame(
        "force",
        word_set("""
attack strike launch bomb shell invade fire raid shoot target storm besiege assault kill
"""),
        AGENCIES,
        "two of the agencies report it, naming who did it",
        needs=("actor",),
    ),
)  # fmt: skip


def frame_of(slots: Slots) -> Frame | None:
    """The first kind of event that a claim's verb asks for; None where none does."""
    return next((frame for frame in FRAMES if frame.fits(slots)), None)


def authority_of(frame: Frame | None, slots: Slots) -> Authority:
    """Who decides: the frame's source, the refugee agency across borders, else agreeing reports of the agencies."""
    if frame is None:
        return AGENCIES
    if frame.key == "displacement" and "refugees" in _words(slots):
        return UNHCR
    if (
        frame.key == "territory"
        and slots.zone.split("/")[0] != "Europe"
        and slots.zone not in ("Asia/Damascus", "Asia/Gaza", "Asia/Hebron")
    ):
        # The source maps some wars only.
        return AGENCIES
    if frame.key == "displacement" and slots.quantity is None:
        return IDMC
    return frame.authority
