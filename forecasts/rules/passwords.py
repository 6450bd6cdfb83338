"""A new password ends what the old one opened."""

from django.contrib.auth.base_user import AbstractBaseUser
from knox.models import AuthToken


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
            AuthToken.objects.filter(user_id=user.pk).delete()
