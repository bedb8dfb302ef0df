"""Everything said to people, in Russian and English: message catalogues, numbers, money, dates."""

from tropa.words.catalogue import LANGUAGES, Language, Words, words
from tropa.words.numbers import zone_name

__all__ = ["LANGUAGES", "Language", "Words", "words", "zone_name"]
