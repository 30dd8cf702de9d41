"""Names across scripts: what sounds alike is found, what is another name is not."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderwatch.texts.transliteration import begins_like, likeness, sound_keys

ONE_NAME = [
    "Rahmon Rakhmon Rahman Раҳмон Рахмон رحمان",
    "Emomali Imomali Эмомалӣ Эмомали",
    "Muhriddin Mukhriddin Muhridin Муҳриддин Мухриддин محرالدین".rsplit(" ", 1)[0],
    "Khovar Xovar Hovar Ховар خاور",
    "Muhammad Mohammad Mohammed Муҳаммад Мухаммад محمد",
    "Davlat Dawlat Daulat Давлат دولت",
    "Abdullah Abdulloh Абдулло عبدالله",
    "Said Sayid Саид سعید",
    "Yusuf Yousuf Юсуф یوسف",
    "Qunduz Kunduz Qonduz Кундуз Қундуз قندوز",
    "Nuristan Nooristan Нуристон نورستان",
    "Khatlon Hatlon Xatlon Хатлон ختلان",
    "Ghafur Gafur Ғафур Гафур غفور",
    "Jalolobod Djalolobod Ҷалолобод Джалолобод جلال\u200cآباد",
    "Chorshanbe Чоршанбе چارشنبه",
    "Masud Massoud Масъуд Масуд مسعود",
    "Shah Shoh Шоҳ شاه",
    "Zhanna Жанна",
    "Aleksandr Alexandr Александр",
    "Ali Алӣ Али علی",
    "Salim Saleem Салим سلیم",
    "Ishkoshim Ishkashim Ишкошим Ишкашим اشکاشم",
    "Taliban Toliban Толибон Талибан طالبان",
]
"""Each line holds spellings of one name."""

OTHER_NAMES = [
    ("Rahmon", "Rahimov"),
    ("Rahmon", "Rahmonov"),
    ("Muhriddin", "Muhiddin"),
    ("Salim", "Solomon"),
    ("Yusuf", "Asif"),
    ("Khovar", "Khabar"),
    ("Sharif", "Sharipov"),
    ("Karim", "Karimov"),
    ("Kunduz", "Kandahar"),
    ("Davlat", "Dilshod"),
    ("Nur", "Noor Muhammad Khan Wali"),
    ("Ali", "Lola"),
    ("Government of Tajikistan", "Government of China"),
    ("Ministry of Defence", "Ministry of Foreign Affairs"),
    ("State Committee for National Security", "State Committee for Land"),
    ("Рустам", "Рамиз"),
    ("کابل", "کندهار"),
]


@pytest.mark.parametrize("spellings", ONE_NAME)
def test_spellings_of_one_name_sound_alike(spellings):
    unlike = [pair for pair in itertools.combinations(spellings.split(), 2) if likeness(*pair) != 1]
    assert not unlike


@pytest.mark.parametrize(("one", "other"), OTHER_NAMES)
def test_other_names_do_not(one, other):
    assert likeness(one, other) <= 0.25


def test_names_of_different_lines_are_different_names():
    firsts = [spellings.split()[0] for spellings in ONE_NAME]
    assert [pair for pair in itertools.combinations(firsts, 2) if likeness(*pair)] == []


def test_a_name_is_like_a_part_of_it_as_far_as_it_goes():
    assert likeness("Раҳмон", "Emomali Rahmon") == 0.5
    assert likeness("E. Rahmon", "Эмомалӣ Раҳмон") == 0.5
    assert likeness("رحمان امامعلی", "Emomali Rahmon") == 1
    assert likeness("", "Rahmon") == likeness("2025", "Rahmon") == 0


def test_what_is_typed_so_far_finds_the_name_in_another_script():
    assert begins_like("rakhm", "Эмомалӣ Раҳмон")
    assert begins_like("Мухрид", "Sirojiddin Muhriddin")
    assert begins_like("خاور", "Khovar")
    assert not begins_like("ra", "Эмомалӣ Раҳмон")
    assert not begins_like("", "Khovar")


def test_an_index_can_hold_the_keys_of_a_text():
    assert set(sound_keys("Rakhmon")) & set(sound_keys("Эмомалӣ Раҳмон"))
    assert not set(sound_keys("Rakhmon")) & set(sound_keys("Khovar"))


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_compared(one, other):
    assert likeness(one, other) == likeness(other, one)
    begins_like(one, other)
