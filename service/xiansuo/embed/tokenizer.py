"""The tokenizer of a static encoder: the likeliest words of a text, by how common each word is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from xiansuo.embed.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tokenizers import Tokenizer

UNKNOWN = "[UNK]"
_UNKNOWN_SCORE = -30.0  # below every word, so that known characters always win
_SEPARATORS = r"[\s\p{P}]+"


def unigram(vocabulary: Vocabulary) -> Tokenizer:
    """Make a unigram language model tokenizer (Kudo 2018, arXiv:1804.10959) over fixed words.

    Token 0 is the unknown one; token i + 1 is `vocabulary.words[i]`. Texts are read as NFKC in
    lower case and cut at blanks and punctuation, which carry no meaning here.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    scores = [(word, math.log(share)) for word, share in zip(vocabulary.words, vocabulary.shares, strict=True)]
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, _UNKNOWN_SCORE), *scores], unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(_SEPARATORS), behavior="removed")
    return tokenizer
