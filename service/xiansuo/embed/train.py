"""Training a static encoder further, with sentence-transformers' own trainer.

Importing this loads torch, sentence-transformers and what its trainer needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from xiansuo.embed.pairs import Decided, Pair
from xiansuo.embed.recipe import Training
from xiansuo.embed.sentence import quiet_offline

with quiet_offline():
    import torch
    from datasets import Dataset, DatasetDict  # type: ignore[import-untyped]
    from sentence_transformers import (
        SentenceTransformer,
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.sentence_transformer.data_collator import SentenceTransformerDataCollator
    from sentence_transformers.sentence_transformer.losses import CoSENTLoss, MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments
    from transformers.trainer_callback import PrinterCallback

Steps = Callable[[int, int], None]
"""Called with the steps that are done and the steps there are in all."""

_DECIDED = "decided"
_BATCH = 1024


def train(
    folder: Path,
    pairs: Mapping[str, Sequence[Pair]],
    decided: Sequence[Decided],
    settings: Training,
    scratch: Path,
    steps: Steps,
) -> NDArray[np.float32]:
    """Train the word vectors of a static encoder on pairs of texts that belong together.

    In a batch every other text counts as foreign: cross-entropy over the cosines, both ways
    (InfoNCE; van den Oord et al. 2018, arXiv:1807.03748). A batch holds pairs of one kind, so that
    no two pieces of one document meet in it as strangers, and no text twice. Decided pairs go
    through CoSENT: each duplicate is to be nearer than each pair that is none; they need answers of
    both sorts to say anything.

    Seeded, on one thread and one processor, so that the same pairs give the same bytes. Nothing is
    reported, logged or kept but what is returned.

    :param folder: a sentence-transformers folder with one `StaticEmbedding`; it is only read.
    :param pairs: by kind; the order matters, kinds without pairs are left out.
    :param scratch: an empty folder that may be written to.
    :return: float32, shape (tokens, dimension), in the order of the tokenizer.
    """
    torch.set_num_threads(1)
    with quiet_offline():
        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True).float()
        contrast = MultipleNegativesRankingLoss(
            model, scale=settings.scale, directions=("query_to_doc", "doc_to_query"), partition_mode="per_direction"
        )
        sets = {kind: _columns(found) for kind, found in pairs.items() if found}
        losses: dict[str, torch.nn.Module] = dict.fromkeys(sets, contrast)
        if decided:
            sets[_DECIDED] = _columns([(a, b) for a, b, _ in decided], label=[float(same) for *_, same in decided])
            losses[_DECIDED] = CoSENTLoss(model, scale=settings.scale)
        trainer = _Trainer(
            model=model,
            args=_arguments(settings, scratch, sum(map(len, sets.values()))),
            train_dataset=DatasetDict(sets),
            loss=losses,
            data_collator=SentenceTransformerDataCollator(preprocess_fn=_Tokens(model.tokenizer, sets.values())),
            callbacks=[_Told(steps)],
        )
        trainer.remove_callback(PrinterCallback)
        trainer.train()
    module = cast("StaticEmbedding", model[0])
    return np.array(module.embedding.weight.detach().numpy(), dtype=np.float32)


def _columns(pairs: Sequence[Pair], **more: list[float]) -> Dataset:
    return Dataset.from_dict({"a": [a for a, _ in pairs], "b": [b for _, b in pairs], **more})


def _arguments(settings: Training, scratch: Path, pairs: int) -> SentenceTransformerTrainingArguments:
    return SentenceTransformerTrainingArguments(
        output_dir=str(scratch),
        num_train_epochs=settings.rounds(pairs),
        per_device_train_batch_size=settings.batch,
        learning_rate=settings.learning_rate,
        lr_scheduler_type="constant",
        max_grad_norm=0.0,  # off: rows of words are touched too seldom for one common limit
        batch_sampler="no_duplicates",
        multi_dataset_batch_sampler="proportional",
        seed=settings.seed,
        data_seed=settings.seed,
        use_cpu=True,
        dataloader_num_workers=0,
        dataloader_pin_memory=False,
        save_strategy="no",
        logging_strategy="no",
        report_to="none",
        disable_tqdm=True,
    )


class _Tokens:
    """The tokens of every text, cut once; the trainer would cut them anew each time, which is most of its work."""

    def __init__(self, tokenizer: Any, sets: Iterable[Dataset]) -> None:
        texts = list(dict.fromkeys(text for each in sets for column in "ab" for text in each[column]))
        self._ids: dict[str, NDArray[np.int32]] = {}
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            for text, read in zip(batch, tokenizer.encode_batch_fast(batch, add_special_tokens=False), strict=True):
                self._ids[text] = np.array(read.ids, dtype=np.int32)

    def __call__(self, inputs: Sequence[str], **_: object) -> dict[str, torch.Tensor]:
        """Look up a batch, in the form that `StaticEmbedding` reads."""
        ids = [self._ids[text] for text in inputs]
        ends = np.cumsum([len(each) for each in ids])
        return {
            "input_ids": torch.from_numpy(np.concatenate(ids).astype(np.int64)),
            "offsets": torch.from_numpy(np.concatenate([[0], ends[:-1]])),
        }


class _Trainer(SentenceTransformerTrainer):
    """The trainer without its model card, which would keep texts of the archive as examples."""

    def add_model_card_callback(self, default_args_dict: dict[str, Any]) -> None:
        """Leave the card out."""


class _Told(TrainerCallback):
    """Tells how many steps are done."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps

    def on_step_end(
        self,
        args: TrainingArguments,  # noqa: ARG002 - the trainer hands it over
        state: TrainerState,
        control: TrainerControl,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> None:
        """Pass the count on."""
        self._steps(state.global_step, state.max_steps)
