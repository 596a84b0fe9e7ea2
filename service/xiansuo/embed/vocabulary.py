"""The words that a static encoder knows, and how common each is."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from xiansuo.errors import ModelMissing

# Characters and lexicon words that the dictionary lacks count as seen this often, Latin letters as
# often as a common word: the dictionary counts words, not signs.
_RARE, _LATIN = 3, 1000


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Distinct words as the tokenizer sees them, each with its share of all text.

    `shares` is float64 of shape (len(words),), positive, with sum 1.
    """

    words: tuple[str, ...]
    shares: NDArray[np.float64]


def read_vocabulary(
    dictionary: Path, *, words: int, characters: tuple[int, int], digit: float = 0.0, lexicon: Path | None = None
) -> Vocabulary:
    """Choose the vocabulary: frequent words, all characters of a range, Latin, the lexicon.

    :param dictionary: lines of word, frequency and tag, as in jieba's `dict.txt`.
    :param words: how many of the dictionary's words to take, by frequency.
    :param characters: first and last code point of the characters to take, each known to the
        dictionary or not: with them no Chinese text is unknown.
    :param digit: share of all text that each of the ten digits has, from 0 to less than 0.1; 0
        counts them like letters. A number is read digit by digit, so digits are among the commonest
        tokens.
    :param lexicon: words of the domain in the same format; the frequency may be missing.
    """
    known: dict[str, int] = {}
    for word, frequency in _entries(dictionary):
        known[word] = known.get(word, 0) + frequency
    ranked = sorted(known, key=lambda word: (-known[word], word))
    chosen = {word: known[word] for word in ranked[:words]}
    for code in range(characters[0], characters[1] + 1):
        chosen.setdefault(chr(code), known.get(chr(code), _RARE))
    for letter in string.digits + string.ascii_lowercase:
        chosen[letter] = max(chosen.get(letter, 0), _LATIN)
    for word, frequency in _entries(lexicon) if lexicon else ():
        chosen.setdefault(word, max(known.get(word, 0), frequency, _RARE))
    shares = np.array(list(chosen.values()), dtype=np.float64)
    if digit:
        digits = np.array([word in string.digits for word in chosen])
        shares[digits] = 0
        shares = np.where(digits, digit, shares / shares.sum() * (1 - len(string.digits) * digit))
    return Vocabulary(tuple(chosen), shares / shares.sum())


def jieba_dictionary() -> Path:
    """Find the dictionary of the installed jieba package as data, without loading the package.

    :raises ModelMissing: jieba is not installed.
    """
    package = find_spec("jieba")
    for folder in (package.submodule_search_locations or []) if package else []:
        path = Path(folder) / "dict.txt"
        if path.is_file():
            return path
    raise ModelMissing("找不到 jieba 的词典，无法生成编码器。", advice="请重新安装本软件。")


def _entries(path: Path) -> Iterator[tuple[str, int]]:
    # A comment line begins with a separator, so it is left out with the words that hold one.
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        fields = line.split()
        if not fields:
            continue
        word = unicodedata.normalize("NFKC", fields[0]).lower()
        if not any(_separates(character) for character in word):
            yield word, int(fields[1]) if len(fields) > 1 and fields[1].isdigit() else 0


@cache
def _separates(character: str) -> bool:
    # The tokenizer splits here, so a word that holds such a character could never be found.
    return character.isspace() or unicodedata.category(character).startswith("P")
