"""Other languages are told from English, so that they are not passed over in silence."""

import pytest

from forecasts.language.english import looks_english
from tests.language.corpus import HELD_OUT, TUNED, articles

OTHERS = [
    "Los combates continuaron el martes en el este del país, según fuentes de la ONU y de la prensa local.",
    "Les combats ont repris mardi dans l'est du pays, selon des sources de l'ONU et de la presse locale à Goma.",
    "Die Kämpfe gingen am Dienstag im Osten des Landes weiter, wie die UN und örtliche Zeitungen melden.",
    "Os combates continuaram na terça-feira no leste do país, segundo fontes da ONU e da imprensa local em Goma.",
    "Çatışmalar salı günü ülkenin doğusunda devam etti, BM ve yerel basın kaynaklarına göre yüzlerce kişi kaçtı.",
    "استمرت المعارك يوم الثلاثاء في شرق البلاد بحسب مصادر الأمم المتحدة والصحافة المحلية في المدينة وضواحيها القريبة",
    "Бои продолжались во вторник на востоке страны, сообщают источники ООН и местная пресса в городе и его пригородах.",
]


@pytest.mark.parametrize("text", OTHERS)
def test_other_languages_are_told(text: str) -> None:
    assert not looks_english(text)


def test_english_prose_is_english() -> None:
    for name in (*TUNED, *HELD_OUT):
        text = " ".join(one.text for article in articles(name) for one in article)
        assert looks_english(text)


def test_of_a_headline_nothing_is_said() -> None:
    assert looks_english("Rebels capture Aleppo")
