"""Why a prompt is not sent."""

RESOLVED = "The forecast has been resolved."
CLOSED = "The forecast has closed."
ANSWERED = "It was answered already."
DECLINED = "It is not their area."
NOT_ASKED = "They are not asked about this forecast any more."
NOT_THEIRS = "Somebody else resolves this forecast now."
GONE = "The account is closed."
MUTED = "They muted this forecast."
SNOOZED = "They snoozed this forecast."
STOPPED = "They stopped this kind of mail."
ABSENT = "They are absent."
POSTPONED = "It is not knowable yet."
NEWER = "A newer mail asks the same."
OUTDATED = "Something newer came of it."

# What holds back a question for a while. It is asked again once nothing holds it back.
HELD_BACK = (RESOLVED, MUTED, SNOOZED, STOPPED, ABSENT, NOT_ASKED, NOT_THEIRS, POSTPONED)
