"""Language: clear texts, scripts, short and mixed ones."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.text import identify, language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The army said on Thursday that its troops had left the town after heavy fighting.", "en"),
        ("قال الجيش يوم الخميس إن قواته انسحبت من المدينة بعد معارك عنيفة", "ar"),
        ("ارتش روز پنجشنبه گفت که نیروهایش پس از درگیری از شهر خارج شدند", "fa"),
        ("فوج نے جمعرات کو کہا کہ لڑائی کے بعد اس کے دستے شہر سے نکل گئے ہیں", "ur"),
        ("Армия сообщила, что её войска вышли из города", "ru"),
        ("Армія повідомила, що її війська вийшли з міста", "uk"),
        ("צה״ל מסר כי כוחותיו עזבו את העיר", "he"),
        ("Ordu perşembe günü birliklerinin şehirden çekildiğini açıkladı", "tr"),
        ("L’armée a annoncé jeudi que ses troupes avaient quitté la ville", "fr"),
        ("El ejército dijo el jueves que sus tropas habían salido de la ciudad", "es"),
        ("Die Armee teilte mit, dass ihre Truppen die Stadt verlassen haben", "de"),
        ("军队星期四表示部队已经离开城市", "zh"),
        ("軍は木曜日に部隊が町を離れたと発表した", "ja"),
    ],
)
def test_clear_texts(text: str, code: str) -> None:
    found, confidence = identify(text)
    assert found == code
    assert confidence >= 0.5


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The army said that its units had left the city on Thursday", "en"),
        ("أعلن الجيش السوري يوم الخميس انسحاب قواته من المدينة", "ar"),
        ("Ordu birliklerinin çekildiğini açıkladı", "und"),
    ],
)
def test_without_room_for_the_model_the_script_decides(text: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(language, "_identifier", full)
    found, confidence = identify(text)
    assert found == code
    assert confidence <= 0.5


def test_no_letters_no_language() -> None:
    assert identify("") == ("und", 0.0)
    assert identify("12 – 34 / 5 !") == ("und", 0.0)


def test_names_alone_are_not_enough() -> None:
    assert identify("Hama")[1] < 0.5
    assert identify("Idlib, Azaz")[1] < 0.5


def test_english_full_of_foreign_names_and_words_is_english() -> None:
    text = "The spokesman of Harakat Nour al-Din al-Zenki (حركة نور الدين الزنكي) was killed near Anadan on Monday by the army."
    assert identify(text)[0] == "en"


PLAIN = (
    "The army said on Thursday that its troops had left the town after heavy fighting, and that a bridge to the north of it was"
    " closed. Residents told reporters that the shelling had killed four people near the market, and that many families were on"
    " the road to the border with what they could carry."
)


def test_plain_english_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def unasked() -> None:
        raise AssertionError("the model was asked")

    monkeypatch.setattr(language, "_identifier", unasked)
    assert identify(PLAIN) == ("en", 1.0)
    assert identify(PLAIN.replace(",", "").upper()) == ("en", 1.0)


DUTCH = (
    "Het leger zei donderdag dat zijn troepen in de stad waren aangekomen en dat er in het noorden nog werd gevochten. Een brug"
    " is opgeblazen, was te horen op de radio, en wie in de buurt woont is op weg naar de grens of in een kelder. Het is de"
    " derde keer in een week dat de stad onder vuur ligt."
)
DANISH = (
    "Hæren sagde torsdag at dens tropper var på vej mod byen, og at der fortsat var kampe for den vigtigste bro. For første"
    " gang i en uge var der ild fra begge sider, og for de fleste af indbyggerne er der ikke andet at gøre end at vente i"
    " kældrene, til skyderiet er forbi."
)


@pytest.mark.parametrize(("text", "code"), [(DUTCH, "nl"), (DANISH, "da")])
def test_a_neighbour_of_english_is_not_taken_for_it(text: str, code: str) -> None:
    assert identify(text)[0] == code


@settings(max_examples=50)
@given(st.text(max_size=100))
def test_any_text_has_an_answer(text: str) -> None:
    code, confidence = identify(text)
    assert 2 <= len(code) <= 3
    assert 0 <= confidence <= 1


def test_the_model_is_loaded_only_when_asked() -> None:
    program = "import sys, warledger.text; sys.exit('py3langid' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
