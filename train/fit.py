"""Fits the network to the annotated corpora: one command, seeded.

python -m train.fit --corpus ../shared/corpus --out build/model
"""

from __future__ import annotations

import argparse
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from train.data import IGNORED, DocumentExamples, Example, load, without_marks
from train.network import Network, load_encoder, tokenizer_path

from warledger.model import layout

BATCH = 10
MASK = 103
WEIGHT = {"trigger": 2.0, "actor_kind": 0.3, "place_kind": 0.3, "cue": 0.5, "basis": 0.5}
SINGLE = ("place", "time", "voice", "event")
"""Roles with one filler or none: a softmax over the candidates. The others are independent yes or no."""
LAYER = {
    "initiator": "actor",
    "target": "actor",
    "voice": "actor",
    "place": "place",
    "also": "place",
    "time": "time",
    "figure": "figure",
    "event": "event",
}


def relative(
    trigger: np.ndarray, sentence: np.ndarray, firsts: np.ndarray, sentences: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Bias columns for each candidate: its distance bucket, and how its sentence stands to the trigger's."""
    bucket = np.searchsorted(np.array(layout.DISTANCES), firsts - trigger, side="right")
    gap = sentences - sentence
    relation = np.where(gap == 0, 0, np.where(gap == -1, 1, np.where(gap < 0, 2, 3)))
    return bucket, relation + len(layout.DISTANCES) + 1


def _spans(ex: Example, layer: str) -> tuple[list[int], np.ndarray, np.ndarray, np.ndarray]:
    """Numbers, first words, last words and sentences of the candidates of one layer; earlier triggers for "event"."""
    if layer == "event":
        at = np.array([a for a, _ in ex.antecedents], np.int64)
        return list(range(len(at))), at, at, ex.sentences[at] if len(at) else at
    numbers = [i for i, m in enumerate(ex.mentions) if m.layer == layer]
    rows = np.array([(ex.mentions[i].first, ex.mentions[i].last, ex.mentions[i].sentence) for i in numbers], np.int64)
    return numbers, *(rows.reshape(-1, 3).T)


def link_loss(net: Network, ex: Example, trigger: Tensor, null: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """Summed loss over all roles of all triggers in one window."""
    total = trigger.new_zeros(())
    if not ex.triggers:
        return total
    at = torch.from_numpy(ex.window.at.astype(np.int64))
    trigger_at = np.array([t.at for t in ex.triggers])
    trigger_sentence = np.array([t.sentence for t in ex.triggers])
    t_rows = at[trigger_at]
    tv = trigger[t_rows].view(len(ex.triggers), len(layout.ROLES), layout.ROLE_DIM)
    nulls = null[t_rows]
    width = len(layout.ROLES) * layout.ROLE_DIM
    for layer in ("actor", "place", "time", "figure", "event"):
        numbers, firsts, lasts, sentences = _spans(ex, layer)
        if not numbers:
            continue
        row_of = {n: k for k, n in enumerate(numbers)}
        mv = (first[at[firsts], :width] + last[at[lasts], :width]).view(len(numbers), len(layout.ROLES), layout.ROLE_DIM)
        bucket, stand = relative(trigger_at[:, None], trigger_sentence[:, None], firsts[None], sentences[None])
        for role, of in LAYER.items():
            if of != layer:
                continue
            r = layout.ROLES.index(role)
            scores = tv[:, r] @ mv[:, r].T / math.sqrt(layout.ROLE_DIM) + net.bias[r][bucket] + net.bias[r][stand]
            good = torch.zeros(scores.shape, dtype=torch.bool)
            for k, t in enumerate(ex.triggers):
                good[k, [row_of[i] for i in t.positives[role] if i in row_of]] = True
            if role in SINGLE:
                allowed = torch.ones_like(good)
                if role == "event":
                    allowed = torch.from_numpy(firsts[None] < trigger_at[:, None])
                    good &= allowed
                good = torch.cat([~good.any(1, keepdim=True), good], 1)
                full = torch.cat([nulls[:, r : r + 1], scores.masked_fill(~allowed, -1e4)], 1)
                total = total + (torch.logsumexp(full, 1) - torch.logsumexp(full.masked_fill(~good, -1e4), 1)).sum()
            else:
                weight = torch.full(scores.shape, 0.7)
                for k, t in enumerate(ex.triggers):
                    weight[k, [row_of[i] for i in t.ignored[role] if i in row_of]] = 0
                part = nn.functional.binary_cross_entropy_with_logits(scores, good.float(), weight, reduction="sum")
                total = total + part
    return total


def relation_loss(net: Network, ex: Example, first: Tensor, last: Tensor) -> Tensor:
    """Summed loss over the pairs of actor mentions of one window."""
    if not ex.relations:
        return first.new_zeros(())
    at = torch.from_numpy(ex.window.at.astype(np.int64))
    base = len(layout.ROLES) * layout.ROLE_DIM
    d = layout.RELATION_DIM
    i, j, kind, _ = zip(*ex.relations, strict=True)
    f0, f1 = at[[ex.mentions[k].first for k in i]], at[[ex.mentions[k].last for k in i]]
    g0, g1 = at[[ex.mentions[k].first for k in j]], at[[ex.mentions[k].last for k in j]]
    source = first[f0, base : base + d] + last[f1, base : base + d]
    target = first[g0, base + d :] + last[g1, base + d :]
    scores = (source * target) @ net.relation.T / math.sqrt(d) * 4 + net.relation_bias
    y = torch.zeros_like(scores)
    for row, k in enumerate(kind):
        if k >= 0:
            y[row, k] = 1
    return nn.functional.binary_cross_entropy_with_logits(scores, y, reduction="sum") * 0.5


def batch_loss(net: Network, batch: list[Example], *, masked: float) -> Tensor:
    """Loss of a batch over the number of its claims; `masked` is the share of tokens hidden from the encoder."""
    size = max(len(e.window.ids) for e in batch)
    ids = torch.zeros(len(batch), size, dtype=torch.long)
    mask = torch.zeros(len(batch), size, dtype=torch.long)
    for b, e in enumerate(batch):
        ids[b, : len(e.window.ids)] = torch.from_numpy(e.window.ids.astype(np.int64))
        mask[b, : len(e.window.ids)] = 1
    if masked:
        ids[(torch.rand(ids.shape) < masked) & (ids > 999)] = MASK
    with torch.autocast("cpu", torch.bfloat16):
        tags, trigger, null, first, last = net(ids, mask)
    tags, trigger, null, first, last = (x.float() for x in (tags, trigger, null, first, last))
    rows = torch.cat([torch.from_numpy(e.window.at.astype(np.int64)) + b * size for b, e in enumerate(batch)])
    flat = tags.reshape(-1, tags.shape[-1])[rows]
    loss = flat.new_zeros(())
    count = sum(len(e.triggers) for e in batch) + 1
    for head, columns in layout.COLUMNS.items():
        y = torch.from_numpy(np.concatenate([e.labels[head] for e in batch]))
        part = nn.functional.cross_entropy(flat[:, columns], y, ignore_index=IGNORED, reduction="sum")
        loss = loss + WEIGHT.get(head, 1.0) * part
    for b, e in enumerate(batch):
        loss = loss + link_loss(net, e, trigger[b], null[b], first[b], last[b]) + relation_loss(net, e, first[b], last[b])
    return loss / count


def main() -> None:
    """Fit and save."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    ap.add_argument("--out", type=Path, default=Path("build/model"))
    ap.add_argument("--encoder", type=Path)
    ap.add_argument("--init", type=Path, help="go on from a saved network")
    ap.add_argument("--epochs", type=float, default=9)
    ap.add_argument("--lr", type=float, default=2.5e-4)
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--masked", type=float, default=0.08, help="share of tokens hidden from the encoder")
    ap.add_argument("--threads", type=int, default=2)
    a = ap.parse_args()
    random.seed(a.seed)
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    a.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(tokenizer_path()))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pairs = list(load(a.corpus, "train"))
    plain = [list(DocumentExamples(d, r, tokenizer).examples()) for d, r in pairs]
    bare = [list(DocumentExamples(*without_marks(d, r), tokenizer).examples()) for d, r in pairs]
    print(f"{len(pairs)} documents, {sum(map(len, plain))} windows", flush=True)
    net = Network(load_encoder(a.encoder))
    if a.init:
        net.load_state_dict(torch.load(a.init))
    slow = [p for n, p in net.named_parameters() if n.startswith("encoder")]
    fast = [p for n, p in net.named_parameters() if not n.startswith("encoder")]
    optimizer = torch.optim.AdamW(
        [{"params": slow, "peak": a.lr}, {"params": fast, "peak": 1.2e-3}], weight_decay=0.01, fused=True
    )
    steps = int(a.epochs * sum(map(len, plain)) / BATCH)
    average = {k: x.detach().clone() for k, x in net.state_dict().items()}
    step, began, smooth = 0, time.time(), 0.0
    saved = a.out / "resume.pt"
    if saved.exists():
        kept = torch.load(saved)
        net.load_state_dict(kept["net"])
        optimizer.load_state_dict(kept["optimizer"])
        average, step = kept["average"], kept["step"]
        random.seed(a.seed + step)
        torch.manual_seed(a.seed + step)
        print(f"goes on at step {step}", flush=True)
    net.train()
    while step < steps:
        epoch = [e for p, q in zip(plain, bare, strict=True) for e in (q if random.random() < 0.25 else p)]
        random.shuffle(epoch)
        chunks = [epoch[i : i + BATCH * 16] for i in range(0, len(epoch), BATCH * 16)]
        batches = []
        for chunk in chunks:
            chunk.sort(key=lambda e: len(e.window.ids))
            batches += [chunk[i : i + BATCH] for i in range(0, len(chunk), BATCH)]
        random.shuffle(batches)
        for batch in batches:
            progress = step / steps
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * min(1, step / (0.06 * steps + 1)) * max(0.02, 1 - progress)
            loss = batch_loss(net, batch, masked=a.masked)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            step += 1
            decay = min(0.998, step / (step + 20))
            with torch.no_grad():
                for k, x in net.state_dict().items():
                    if x.dtype.is_floating_point:
                        average[k].lerp_(x, 1 - decay)
            smooth = loss.item() if step == 1 else 0.98 * smooth + 0.02 * loss.item()
            if step % 50 == 0:
                print(f"{step}/{steps} {(time.time() - began) / 60:.1f} min loss {smooth:.3f}", flush=True)
            if step % 100 == 0 or step >= steps:
                torch.save(average, a.out / "network.pt")
                kept = {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "average": average, "step": step}
                torch.save(kept, a.out / "resume.part")
                (a.out / "resume.part").replace(saved)
            if step >= steps:
                break
    print("saved", flush=True)


if __name__ == "__main__":
    main()
