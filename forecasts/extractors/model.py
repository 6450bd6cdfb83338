"""A language model as an extractor: it quotes, we look the quotes up, and refuse what is not there."""

import re
import time
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from forecasts.extractors import rules
from forecasts.extractors.answers import Said
from forecasts.extractors.conversation import PROMPT_VERSION, Asking, Heard, Manner, ask, connected
from forecasts.extractors.found import BadAnswer, Extraction, Found, NoAnswer
from forecasts.extractors.setup import Setup
from forecasts.language import UNQUANTIFIED, Likelihood, Sentence, split_sentences, term_in
from forecasts.language.duplicates import Leads
from forecasts.language.folding import fold
from forecasts.language.likelihood import scaled
from forecasts.language.terms import stated_scale

LONGEST_ARTICLE = 200_000
"""Code points of the longest article that is sent at all."""

_MARKS = {mark: f"[{marks}]" for marks in ("'‘’ʼ′‛", '"“”„«»″‟', "‐‑–—−-") for mark in marks}


def extract(text: str, setup: Setup) -> Extraction:
    """The statements that the model finds; the rules read a piece that it failed on, and the notice says so.

    `NoAnswer` and `BadAnswer` say why there is nothing of its own to rely on.
    """
    if len(text) > LONGEST_ARTICLE:
        raise NoAnswer(f"the article is longer than {LONGEST_ARTICLE:,} characters")
    reading = _Reading(text, setup)
    with connected() as client:
        asking = Asking(client, setup, time.monotonic() + setup.seconds, Manner(format=setup.format))
        for begin, end in pieces(reading.sentences, setup.piece):
            try:
                reading.hear(ask(asking, text[begin:end]), begin, end)
            except (NoAnswer, BadAnswer) as error:
                reading.miss(error, begin, end)
    return reading.extraction()


def pieces(sentences: list[Sentence], longest: int) -> Iterator[tuple[int, int]]:
    """Start and end of parts of a text that end with a sentence and hold at most `longest` code points."""
    first = 0
    for at, sentence in enumerate(sentences):
        if sentence.end - sentences[first].start > longest:
            yield sentences[first].start, sentences[at - 1].end
            first = at
    if sentences:
        yield sentences[first].start, sentences[-1].end


class _Places:
    """Where the quotes of one text stand. The same words quoted again are placed at their next occurrence."""

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self._text, self._start = text, start
        self._end = len(text) if end is None else end
        self._resume: dict[str, int] = {}

    def find(self, quote: str) -> tuple[int, int] | None:
        """Start and end of a quote: exact, else with other white space, quote marks or dashes; None if not there."""
        words = quote.split()
        if not words:
            return None
        begin = self._resume.get(" ".join(words), self._start)
        place = self._exact(quote.strip(), begin) or self._alike(words, begin)
        if place is not None:
            self._resume[" ".join(words)] = place[1]
        return place

    def knows(self, quote: str) -> bool:
        """Whether these words were found before."""
        return " ".join(quote.split()) in self._resume

    def _exact(self, quote: str, begin: int) -> tuple[int, int] | None:
        at = self._text.find(quote, begin, self._end)
        return (at, at + len(quote)) if at >= 0 else None

    def _alike(self, words: list[str], begin: int) -> tuple[int, int] | None:
        pattern = r"\s++".join("".join(_MARKS.get(sign) or re.escape(sign) for sign in word) for word in words)
        found = re.compile(pattern).search(self._text, begin, self._end)
        return found.span() if found else None


class _Reading:
    """An article being read: what was found in it so far, by place, and how many quotes were refused."""

    def __init__(self, text: str, setup: Setup) -> None:
        self.text, self.setup = text, setup
        self.sentences = split_sentences(text)
        self._starts = [sentence.start for sentence in self.sentences]
        self._stated = stated_scale(text)
        self._found: dict[tuple[int, int], Found] = {}
        self._refused = self._heard = 0
        self._missed: list[NoAnswer | BadAnswer] = []

    def miss(self, error: NoAnswer | BadAnswer, begin: int, end: int) -> None:
        """Have the rules read what the model failed on."""
        self._missed.append(error)
        for one in rules.extract(self.text[begin:end]).found:
            moved = replace(
                one,
                start=one.start + begin,
                end=one.end + begin,
                sentence_start=one.sentence_start + begin,
                sentence_end=one.sentence_end + begin,
                duplicate_of=None,
            )
            self._found.setdefault((moved.start, moved.end), moved)

    def hear(self, heard: Heard, begin: int, end: int) -> None:
        """Place what was said of `text[begin:end]`."""
        self._heard += 1
        self._refused += heard.dropped
        places = _Places(self.text, begin, end)
        for said in heard.said:
            known = places.knows(said.quote)
            place = places.find(said.quote)
            if place is not None:
                self._found.setdefault(place, self._one(said, place, self._account(heard)))
            elif not known:
                self._refused += 1

    def extraction(self) -> Extraction:
        if self._missed and not self._heard:
            raise self._missed[0]
        if self._refused and not self._found:
            raise BadAnswer("none of its quotes is in the text")
        found = [self._found[place] for place in sorted(self._found)]
        return Extraction(
            self._marked(found), f"model {self.setup.model}"[:100], f"prompt {PROMPT_VERSION}", self._notice()
        )

    def _notice(self) -> str:
        notices = []
        if self._refused:
            quotes = "One quote" if self._refused == 1 else f"{self._refused} quotes"
            notices.append(f"{quotes} of the language model cannot be found in the text or used, and were left out.")
        if self._missed:
            parts = f"{len(self._missed)} of {len(self._missed) + self._heard} parts"
            notices.append(f"The rules read {parts} of the article, since the language model failed on them: "
                           f"{self._missed[0]}.")  # fmt: skip
        return " ".join(notices)

    def _one(self, said: Said, place: tuple[int, int], account: dict[str, Any]) -> Found:
        start, end = place
        begin, finish = self._sentence(start, end)
        inside = _Places(self.text, begin, finish)
        likelihood = self._likelihood(said.likelihood, fold(self.text[start:end]), fold(self.text[begin:finish]))
        return Found(
            start=start,
            end=end,
            sentence_start=begin,
            sentence_end=finish,
            quote=self.text[start:end],
            cue=self._words(inside, said.cue)[:200],
            category=said.category,
            likelihood=likelihood.term,
            scale=likelihood.scale or "",
            scale_edition=likelihood.edition,
            scale_is_assumed=likelihood.assumed,
            conditional=said.conditional,
            attributed_to=self._words(inside, said.attributed_to)[:200],
            reason=" ".join(said.reason.split()),
            extraction=account,
        )

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        """From the start of the sentence that holds `start` to the end of the one that holds `end`."""
        first = self.sentences[max(0, bisect_right(self._starts, start) - 1)]
        last = self.sentences[max(0, bisect_right(self._starts, end - 1) - 1)]
        return min(first.start, start), max(last.end, end)

    def _words(self, places: _Places, words: str) -> str:
        """What the model copied, as the text has it; empty where the text does not."""
        place = places.find(words)
        return self.text[place[0] : place[1]] if place else ""

    def _likelihood(self, term: str, quote: str, sentence: str) -> Likelihood:
        # A model that reads a number into a hedge is not believed: the words must be there.
        if term == UNQUANTIFIED or term not in (term_in(quote), term_in(sentence)):
            return Likelihood()
        return scaled(term, self._stated)

    def _account(self, heard: Heard) -> dict[str, Any]:
        account = {
            "model": heard.model,
            "prompt": PROMPT_VERSION,
            "input_tokens": heard.input_tokens,
            "output_tokens": heard.output_tokens,
            "statements": len(heard.said),
        }
        cost = self.setup.cost(heard.input_tokens, heard.output_tokens)
        return account if cost is None else {**account, "cost": cost}

    def _marked(self, found: list[Found]) -> list[Found]:
        """The findings, each that repeats an earlier one with its index."""
        leads = Leads()
        return [
            replace(one, duplicate_of=leads.earlier(index, fold(one.quote), one.category))
            for index, one in enumerate(found)
        ]
