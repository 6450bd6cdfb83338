"""Addresses that refuse mail for good get none any more, and those who asked them are told."""

from datetime import datetime

import structlog
from django.db.models import Q

from forecasts.models import Membership, Message, Prompt, PromptKind, Receipt, Suppression

# One refusal can be the server's mistake.
REFUSALS = 2

log = structlog.get_logger(__name__)


def note_refusal(message: Message, said: str, at: datetime) -> bool:
    """Suppress the address of a message that was returned just now, if it is the second such. Say whether it did.

    Call it in the transaction that writes the receipt, or the bounce. Mail that the address took in between clears it.
    """
    if _refused(message) < REFUSALS:
        return False
    _, is_new = Suppression.objects.get_or_create(
        address=message.address.lower(), defaults={"made_at": at, "reason": said}
    )
    if is_new:
        tell_owners(message.recipient.email, at)
        log.warning("An address gets no mail any more", event_name="address_suppressed", message=message.pk)
    return is_new


def _refused(message: Message) -> int:
    """How many messages the address has refused, at once or later, since it last took one."""
    mine = Receipt.objects.filter(
        attempt__message__recipient=message.recipient_id, attempt__message__address__iexact=message.address
    )
    came_back = Q(attempt__message__bounce__isnull=False)
    taken = mine.filter(answer=Receipt.Answer.ACCEPTED).exclude(came_back).order_by("-pk").values_list("pk", flat=True)
    returned = mine.filter(Q(answer=Receipt.Answer.RETURNED) | came_back, pk__gt=taken.first() or 0)
    return returned.values("attempt__message").distinct().count()


def tell_owners(address: str, at: datetime) -> int:
    """Ask for the mail about an address that takes none, to the owners of its person's scenarios; returns how many.

    Call it with the time of the suppression, in its transaction.
    """
    owned = Membership.objects.filter(
        role=Membership.Role.OWNER, user__is_active=True, scenario__memberships__user__email=address.lower()
    )
    owners = owned.exclude(user__email=address.lower()).values_list("user", flat=True).distinct()
    prompts = [Prompt(recipient_id=owner, kind=PromptKind.RETURNED, slot=at) for owner in owners]
    return len(Prompt.objects.bulk_create(prompts, ignore_conflicts=True))


def lift(address: str) -> None:
    """Let mail go to the address again. One more refusal, and it is suppressed anew."""
    Suppression.objects.filter(address__iexact=address).delete()
