"""Lets a network compute, while it is fitted, as it does when it is packed: in 8-bit integers (`train.quantise`)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import torch
from torch import Tensor, nn
from train.network import Network
from train.quantise import LEAST, SMALL, evening


def use_integers(net: Network, windows: Sequence[Sequence[int]]) -> None:
    """Make every large matrix of `net` round itself and what it multiplies. How far channels reach is told by `windows`."""
    large = [m for m in net.modules() if isinstance(m, nn.Linear) and m.weight.numel() >= SMALL]
    reached = {m: np.full(m.in_features, LEAST, np.float32) for m in large}

    def look(module: nn.Module, given: tuple[Tensor, ...]) -> None:
        reached[module] = np.maximum(reached[module], given[0].detach().abs().amax((0, 1)).numpy())

    hooks = [m.register_forward_pre_hook(look) for m in large]
    with torch.no_grad():
        for window in windows:
            net(torch.tensor([window]))
    for hook in hooks:
        hook.remove()
    width = min(m.in_features for m in large)
    for module in large:
        by, apart = evening(reached[module], width)
        rest = torch.ones(module.in_features)
        rest[apart] = 0
        module.forward = partial(_multiply, module, torch.from_numpy(by), torch.from_numpy(apart), rest)


def _multiply(module: nn.Linear, by: Tensor, apart: Tensor, rest: Tensor, x: Tensor) -> Tensor:
    """What the packed network makes of `x` (windows, tokens, channels) in place of `module`."""
    product = nn.functional.linear(_in_bytes(x * (rest / by)), _whole(module.weight * (rest * by)), module.bias)
    return product + x[..., apart] @ module.weight[:, apart].T if len(apart) else product


def _in_bytes(x: Tensor) -> Tensor:
    """`x` in 255 steps from its least to its largest number, window by window; gradients pass as if nothing were rounded."""
    with torch.no_grad():
        low, high = x.amin((1, 2), keepdim=True).clamp(max=0), x.amax((1, 2), keepdim=True).clamp(min=0)
        step = ((high - low) / 255).clamp(min=1e-8)
        zero = torch.round(-low / step)
        error = (torch.clamp(torch.round(x / step) + zero, 0, 255) - zero) * step - x
    return x + error


def _whole(weight: Tensor) -> Tensor:
    """Weights in 127 steps to each side of zero, row by row (a row makes one channel)."""
    with torch.no_grad():
        step = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        error = torch.round(weight / step) * step - weight
    return weight + error
