"""Tells the owners of scenarios whose mail does not arrive."""

from datetime import datetime

from forecasts.models import Membership, Prompt, PromptKind


def tell_returned(address: str, at: datetime) -> int:
    """Ask for the mail about an address that takes none, to the owners of its person's scenarios; returns how many.

    Call it with the time of the suppression, in its transaction.
    """
    owned = Membership.objects.filter(
        role=Membership.Role.OWNER, user__is_active=True, scenario__memberships__user__email=address.lower()
    )
    owners = owned.exclude(user__email=address.lower()).values_list("user", flat=True).distinct()
    prompts = [Prompt(recipient_id=owner, kind=PromptKind.RETURNED, slot=at) for owner in owners]
    return len(Prompt.objects.bulk_create(prompts, ignore_conflicts=True))
