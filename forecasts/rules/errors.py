"""The errors that Reckoner raises on purpose. Each has a stable code, which the API repeats."""


class ReckonerError(Exception):
    """Something that the person who asked can mend."""

    code = "error"


class InvalidScenario(ReckonerError):
    """A scenario folder does not hold what its format asks for."""

    code = "invalid_scenario"


class InvalidImport(ReckonerError):
    """A file of estimates has a bad row."""

    code = "invalid_import"


class NotNow(ReckonerError):
    """The forecast is not in the state that this act needs."""

    code = "not_now"


class Overtaken(NotNow):
    """Somebody else acted on the same thing meanwhile; whoever asked has not seen that yet."""

    code = "overtaken"


class Unresolvable(ReckonerError):
    """A draft that a check keeps from being published; an editor may override it with a reason."""

    code = "unresolvable"


class NotAllowed(ReckonerError):
    """This person may see the thing but not do this with it."""

    code = "not_allowed"


class InvalidValue(ReckonerError):
    """A value that does not fit the forecast it is for; `field` names where it was entered."""

    code = "invalid_value"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class InvalidSpec(ReckonerError):
    """A spec says something that its feed does not have; the message lists what is allowed."""

    code = "invalid_spec"


class InvalidVintage(ReckonerError):
    """A file that is none of its feed, or has a bad row; the message names line and column."""

    code = "invalid_vintage"
