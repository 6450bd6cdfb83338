"""What a password must not be, and what a new one ends: all that the old one opened."""

from collections.abc import Sequence

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

from forecasts.models import Token


class TokensEnd:
    """Listed among the validators, which Django tells of every new password, wherever it was set.

    Sessions end by themselves: each carries a hash of the password.
    """

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Any password will do."""

    def get_help_text(self) -> str:
        return "Setting a new password revokes your API tokens."

    def password_changed(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if user is not None and user.pk is not None:
            Token.objects.filter(user_id=user.pk).delete()


class NamesNoPlace:
    """A password may hold a word that everybody here knows, with eight more characters beside it."""

    REST = 8

    def __init__(self, words: Sequence[str]) -> None:
        self.words = [word.lower() for word in words if len(word) > 3]

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        rest = password.lower()
        for word in self.words:
            rest = rest.replace(word, "")
        if rest != password.lower() and len(rest) < self.REST:
            raise ValidationError("This password is little more than the name of this place.", "names_the_place")

    def get_help_text(self) -> str:
        return "Your password can't be little more than the name of this place."
