"""Whole steps of training on one thread, in images a second of the processor: the peer of StepBenchmark.

    python3 step_benchmark.py resnet18 128 32 30     # network, edge, batch, seconds

Native PyTorch, written as its users write it: nn.Module, in-place activations, AdamW, the gradient
clipped by its global norm. It takes the faster of the memory formats it is told (last argument:
"channels_last", else PyTorch's default).
"""

import sys
import time

import torch
from torch import nn

from networks import NETWORKS


def main(name, edge, batch, seconds, layout="default"):
    edge, batch, seconds = int(edge), int(batch), float(seconds)
    torch.set_num_threads(1)
    torch.manual_seed(1)
    network = NETWORKS[name](1).train()
    pictures = torch.rand(batch, 3, edge, edge) - 0.5
    if layout == "channels_last":
        network = network.to(memory_format=torch.channels_last)
        pictures = pictures.to(memory_format=torch.channels_last)
    labels = (torch.arange(batch) % 2).float().view(batch, 1)
    optimiser = torch.optim.AdamW(network.parameters(), lr=1e-4, weight_decay=0.01)
    loss_of = nn.BCEWithLogitsLoss()

    def step():
        loss = loss_of(network(pictures), labels)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5)
        optimiser.step()
        optimiser.zero_grad()
        return loss.item()

    for _ in range(3):
        step()
    begun = time.process_time()
    steps = 0
    while time.process_time() - begun < seconds:
        loss = step()
        steps += 1
    pace = steps * batch / (time.process_time() - begun)
    print(
        f"{name} edge {edge} batch {batch}: {pace:.2f} images per CPU second"
        f" ({steps} steps, loss {loss:.4f}, PyTorch {torch.__version__}, {layout})"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
