"""Other languages are told from English, so that they are not passed over in silence."""

import pytest

from forecasts.language.english import language_of, name_of
from tests.language.corpus import HELD_OUT, TUNED, articles

OTHERS = {
    "es": "Los combates continuaron el martes en el este del país, según fuentes de la ONU y de la prensa local.",
    "fr": "Les combats ont repris mardi dans l'est du pays, selon des sources de l'ONU et de la presse locale à Goma.",
    "de": "Die Kämpfe gingen am Dienstag im Osten des Landes weiter, wie die UN und örtliche Zeitungen melden.",
    "pt": "Os combates continuaram na terça-feira no leste do país, segundo fontes da ONU e da imprensa local em Goma.",
    "tr": "Çatışmalar salı günü ülkenin doğusunda devam etti, BM ve yerel basın kaynaklarına göre yüzlerce kişi kaçtı.",
    "ar": "استمرت المعارك يوم الثلاثاء في شرق البلاد بحسب مصادر الأمم المتحدة والصحافة المحلية في المدينة",
    "ru": "Бои продолжались во вторник на востоке страны, сообщают источники ООН и местная пресса.",
}


SHORT = {
    "es": "Se esperan nuevas conversaciones.",
    "de": "Die Verhandlungen sollen im April beginnen.",
    "ru": "Переговоры начнутся в апреле.",
    "ar": "ستبدأ المحادثات في أبريل",
    "nl": "De onderhandelingen worden hervat.",
}


@pytest.mark.parametrize(("code", "text"), [*OTHERS.items(), *SHORT.items()])
def test_other_languages_are_told(code: str, text: str) -> None:
    assert language_of(text) == code


def test_a_language_is_called_by_its_name() -> None:
    assert [name_of(code) for code in OTHERS] == [
        "Spanish", "French", "German", "Portuguese", "Turkish", "Arabic", "Russian"
    ]  # fmt: skip


def test_english_prose_is_english() -> None:
    for name in (*TUNED, *HELD_OUT):
        text = " ".join(one.text for article in articles(name) for one in article)
        assert language_of(text) == "en"


def test_every_english_sentence_is_english_by_itself() -> None:
    others = [
        one.text for name in HELD_OUT for article in articles(name) for one in article if language_of(one.text) != "en"
    ]
    assert others == []


@pytest.mark.parametrize(
    "text", ["Rebels capture Aleppo", "Raids likely.", "M23, AFC, Goma, Bukavu, Uvira", "", "12 345"]
)
def test_of_headlines_and_names_nothing_is_said(text: str) -> None:
    assert language_of(text) == "en"
