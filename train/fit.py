"""Fits the network to the annotated corpora: one command, seeded. Stopped and started again, it goes on where it was.

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
from train.data import IGNORED, DocumentExamples, Example, load, renamed, swaps, without_marks
from train.network import MASK, Network, load_encoder, load_teacher, tokenizer_path, unpack_teacher
from train.teach import Taught, read_pickles, taught

from warledger.model import layout

TOKENS = 2400
"""Sub-word tokens of a batch."""
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


def taught_link_loss(net: Network, ex: Taught, trigger: Tensor, null: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """As `link_loss`, against the teacher's chances; candidates that the teacher did not see count for nothing."""
    total = trigger.new_zeros(())
    if not len(ex.at):
        return total
    at = torch.from_numpy(ex.window.at.astype(np.int64))
    rows = at[ex.at]
    tv = trigger[rows].view(len(ex.at), len(layout.ROLES), layout.ROLE_DIM)
    nulls = null[rows]
    width = len(layout.ROLES) * layout.ROLE_DIM
    for layer in ("actor", "place", "time", "figure", "event"):
        spans = ex.spans[layer]
        if not len(spans):
            continue
        mv = (first[at[spans[:, 0]], :width] + last[at[spans[:, 1]], :width]).view(
            len(spans), len(layout.ROLES), layout.ROLE_DIM
        )
        bucket, stand = relative(ex.at[:, None], ex.sentence[:, None], spans[None, :, 0], spans[None, :, 2])
        known = torch.from_numpy(ex.known[layer])
        for role, of in LAYER.items():
            if of != layer:
                continue
            r = layout.ROLES.index(role)
            scores = tv[:, r] @ mv[:, r].T / math.sqrt(layout.ROLE_DIM) + net.bias[r][bucket] + net.bias[r][stand]
            right = torch.from_numpy(ex.right[role])
            if role in SINGLE:
                full = torch.cat([nulls[:, r : r + 1], scores.masked_fill(~known, -1e4)], 1)
                total = total - (right * torch.log_softmax(full, 1)).sum()
            else:
                total = total + nn.functional.binary_cross_entropy_with_logits(
                    scores, right[:, 1:], 0.7 * known.float(), reduction="sum"
                )
    return total


def taught_relation_loss(net: Network, ex: Taught, first: Tensor, last: Tensor) -> Tensor:
    """As `relation_loss`, against the teacher's chances."""
    left, other, chances = ex.pairs
    if not len(left):
        return first.new_zeros(())
    at = torch.from_numpy(ex.window.at.astype(np.int64))
    spans = ex.spans["actor"]
    base, d = len(layout.ROLES) * layout.ROLE_DIM, layout.RELATION_DIM
    ends = first[at[spans[:, 0]], base:] + last[at[spans[:, 1]], base:]
    scores = (ends[left, :d] * ends[other, d:]) @ net.relation.T / math.sqrt(d) * 4 + net.relation_bias
    return nn.functional.binary_cross_entropy_with_logits(scores, torch.from_numpy(chances), reduction="sum") * 0.5


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


def is_half_quicker() -> bool:
    """Whether this processor multiplies 16-bit floats itself (AMX or AVX512-bf16): a step takes half the time of one in 32-bit
    floats then. Elsewhere 32-bit ones are a third quicker.
    """
    return bool(torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported())


def batch_loss(net: Network, batch: list[Example | Taught], *, masked: float, half: bool) -> Tensor:
    """Loss of a batch over the number of its claims; `masked` is the share of tokens hidden from the encoder, `half` lets it
    compute in 16-bit floats.
    """
    size = max(len(e.window.ids) for e in batch)
    ids = torch.zeros(len(batch), size, dtype=torch.long)
    mask = torch.zeros(len(batch), size, dtype=torch.long)
    for b, e in enumerate(batch):
        ids[b, : len(e.window.ids)] = torch.from_numpy(e.window.ids.astype(np.int64))
        mask[b, : len(e.window.ids)] = 1
    if masked:
        ids[(torch.rand(ids.shape) < masked) & (ids > 999)] = MASK
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        tags, trigger, null, first, last = net(ids, mask)
    outputs = [x.float().unbind() for x in (tags, trigger, null, first, last)]
    loss = tags.new_zeros(())
    claims = 1
    for e, tag, trigger, null, first, last in zip(batch, *outputs, strict=True):
        words = tag[torch.from_numpy(e.window.at.astype(np.int64))]
        for head, columns in layout.COLUMNS.items():
            weight = WEIGHT.get(head, 1.0)
            if isinstance(e, Example):
                y = torch.from_numpy(e.labels[head])
                part = nn.functional.cross_entropy(words[:, columns], y, ignore_index=IGNORED, reduction="sum")
                loss = loss + weight * part
            elif len(e.rows[head]):
                y = torch.from_numpy(e.chances[head].astype(np.float32))
                part = nn.functional.cross_entropy(words[e.rows[head]][:, columns], y, reduction="sum")
                loss = loss + weight * part
        links = (e, trigger, null, first, last)
        if isinstance(e, Example):
            claims += len(e.triggers)
            loss = loss + link_loss(net, *links) + relation_loss(net, e, first, last)
        else:
            claims += len(e.at)
            loss = loss + taught_link_loss(net, *links) + taught_relation_loss(net, e, first, last)
    return loss / claims


def batches(epoch: list[Example | Taught]) -> list[list[Example | Taught]]:
    """Windows of like length together, in random order, about TOKENS tokens a batch."""
    random.shuffle(epoch)
    found: list[list[Example | Taught]] = []
    for start in range(0, len(epoch), 160):
        chunk = sorted(epoch[start : start + 160], key=lambda e: len(e.window.ids))
        batch: list[Example | Taught] = []
        for example in chunk:
            if batch and (len(batch) + 1) * len(example.window.ids) > TOKENS:
                found.append(batch)
                batch = []
            batch.append(example)
        found.append(batch)
    random.shuffle(found)
    return found


def main() -> None:
    """Fit and save."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    ap.add_argument("--out", type=Path, default=Path("build/model"))
    ap.add_argument("--encoder", type=Path)
    ap.add_argument("--teacher", type=Path, help="fit the teacher, MPNet-base, instead; it is unpacked into this folder")
    ap.add_argument("--init", type=Path, help="go on from a saved network")
    ap.add_argument("--epochs", type=int, default=9)
    ap.add_argument("--lr", type=float, default=2.5e-4)
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--taught", type=Path, help="readings of a teacher, from train.teach, to learn from as well")
    ap.add_argument("--passes", type=float, default=3, help="how often each reading is learned from")
    ap.add_argument("--masked", type=float, default=0.08, help="share of tokens hidden from the encoder")
    ap.add_argument("--floats", choices=("16", "32"), help="bits of the encoder's arithmetic; without it what is quicker here")
    ap.add_argument("--threads", type=int, default=1)
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
    swapped = swaps(pairs)
    renamed_forms = [list(DocumentExamples(*renamed(d, r, swapped), tokenizer).examples()) for d, r in pairs]
    print(f"{len(pairs)} documents, {sum(map(len, plain))} windows", flush=True)
    net = Network(load_teacher(unpack_teacher(a.teacher)) if a.teacher else load_encoder(a.encoder))
    if a.init:
        net.load_state_dict(torch.load(a.init))
    slow = [p for n, p in net.named_parameters() if n.startswith("encoder") and p.requires_grad]
    fast = [p for n, p in net.named_parameters() if not n.startswith("encoder")]
    optimizer = torch.optim.AdamW(
        [{"params": slow, "peak": a.lr}, {"params": fast, "peak": 1.2e-3}],
        weight_decay=0.01,
        fused=True,
    )
    readings = list(read_pickles(a.taught)) if a.taught else []
    lessons = [list(taught(r, tokenizer)) for r in readings]
    print(f"{len(lessons)} readings, {sum(map(len, lessons))} windows", flush=True)
    random.shuffle(lessons)
    share = math.ceil(len(lessons) * a.passes / a.epochs)

    def epoch_of(number: int) -> list[list[Example | Taught]]:
        """All annotated documents in one of their three forms, and the readings whose turn it is."""
        own: list[Example | Taught] = []
        for forms in zip(plain, bare, renamed_forms, strict=True):
            own += random.choices(forms, (5, 2, 3))[0]
        turn = [lessons[n % len(lessons)] for n in range(number * share, (number + 1) * share)]
        return batches(own + [e for windows in turn for e in windows])

    random.seed(a.seed)
    schedule = [batch for number in range(math.ceil(a.epochs)) for batch in epoch_of(number)]
    steps = len(schedule)
    average = {k: x.detach().clone() for k, x in net.state_dict().items()}
    step, began, smooth = 0, time.time(), 0.0
    saved = a.out / "resume.pt"
    settings = {name: str(value) for name, value in vars(a).items() if name not in {"threads", "floats"}}
    kept = torch.load(saved) if saved.exists() else {}
    if kept.get("settings") == settings:
        net.load_state_dict(kept["net"])
        optimizer.load_state_dict(kept["optimizer"])
        average, step = kept["average"], kept["step"]
        torch.set_rng_state(kept["chance"])
        print(f"goes on at step {step}", flush=True)
    net.train()
    half = a.floats == "16" if a.floats else is_half_quicker()
    for batch in schedule[step:]:
        progress = step / steps
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * min(1, step / (0.06 * steps + 1)) * max(0.02, 1 - progress)
        loss = batch_loss(net, batch, masked=a.masked, half=half)
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
        if step % 50 == 0 or step >= steps:
            print(f"{step}/{steps} {(time.time() - began) / 60:.1f} min loss {smooth:.3f}", flush=True)
        if step % 100 == 0 or step >= steps:
            torch.save(average, a.out / "network.pt")
            kept = {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "average": average, "step": step}
            torch.save(kept | {"chance": torch.get_rng_state(), "settings": settings}, a.out / "resume.part")
            (a.out / "resume.part").replace(saved)
        if step >= steps:
            break
    saved.unlink(missing_ok=True)
    print("saved", flush=True)


if __name__ == "__main__":
    main()
