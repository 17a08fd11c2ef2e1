"""Judges exported networks, and writes networks of its own for Fovea to begin with.

    python3 peers.py FOLDER EDGE NAME...

Reads FOLDER/NAME.pt (TorchScript by Fovea) and FOLDER/pictures (float32, N x 3 x EDGE x EDGE).
Writes FOLDER/NAME.exported (logits of the archive), FOLDER/NAME.loaded (logits of the plain network
with the archive's state_dict), FOLDER/NAME.python.pt (another plain network, traced) and
FOLDER/NAME.python (its logits). Logits are text, one a line.
"""

import sys
from pathlib import Path

import torch

from networks import NETWORKS


def main(folder, edge, *names):
    torch.set_num_threads(1)
    torch.manual_seed(5)
    folder, edge = Path(folder), int(edge)
    raw = bytearray((folder / "pictures").read_bytes())
    pictures = torch.frombuffer(raw, dtype=torch.float32).view(-1, 3, edge, edge)

    def write(name, network):
        with torch.no_grad():
            logits = network(pictures).flatten().tolist()
        (folder / name).write_text("\n".join(str(value) for value in logits))

    for name in names:
        exported = torch.jit.load(str(folder / f"{name}.pt"))
        assert not exported.training
        write(f"{name}.exported", exported)
        outputs = list(exported.parameters())[-1].shape[0]
        plain = NETWORKS[name](outputs).eval()
        plain.load_state_dict(exported.state_dict())
        write(f"{name}.loaded", plain)
        other = NETWORKS[name](outputs).eval()
        torch.jit.trace(other, pictures).save(str(folder / f"{name}.python.pt"))
        write(f"{name}.python", other)


if __name__ == "__main__":
    main(*sys.argv[1:])
