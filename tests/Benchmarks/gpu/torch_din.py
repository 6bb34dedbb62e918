"""The benchmarks' DIN (d = 64, activation unit 80-40-1, top 200-80-1, sigmoid) in PyTorch on the same card, and what the card can do.

Prints the card's matrix and copy rates, then pairs (candidate x behaviour) per second over batch sizes: eager and compiled, with float32
products, TF32 and bfloat16, as one would first write it and with the first layer factorised as the exported graph has it.
"""
import sys

import torch

D = 64


class Plain(torch.nn.Module):
    """The activation unit over the concatenation [e, v, e - v, e * v] of each pair."""

    def __init__(self):
        super().__init__()
        n = torch.nn
        self.unit = n.Sequential(n.Linear(4 * D, 80), n.Sigmoid(), n.Linear(80, 40), n.Sigmoid(), n.Linear(40, 1))
        self.top = n.Sequential(n.Linear(3 * D, 200), n.Sigmoid(), n.Linear(200, 80), n.Sigmoid(), n.Linear(80, 1))

    def forward(self, behaviours, candidates):
        e = behaviours[:, None].expand(-1, candidates.shape[1], -1, -1)
        v = candidates[:, :, None].expand_as(e)
        weights = self.unit(torch.cat([e, v, e - v, e * v], -1)).squeeze(-1)
        interest = weights @ behaviours
        return torch.sigmoid(self.top(torch.cat([interest, candidates, interest * candidates], -1)))


class Factorised(Plain):
    """W[e, v, e - v, e * v] = (W1 + W3)e + (W2 - W3)v + W4(e * v): only the last product is per pair."""

    def forward(self, behaviours, candidates):
        w1, w2, w3, w4 = self.unit[0].weight.split(D, 1)
        once = (behaviours @ (w1 + w3).T + self.unit[0].bias)[:, None] + (candidates @ (w2 - w3).T)[:, :, None]
        hidden = once + (behaviours[:, None] * candidates[:, :, None]) @ w4.T
        weights = self.unit[1:](hidden).squeeze(-1)
        interest = weights @ behaviours
        return torch.sigmoid(self.top(torch.cat([interest, candidates, interest * candidates], -1)))


def milliseconds(run, repeats):
    for _ in range(3):
        run()
    times = []
    for _ in range(repeats):
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        start.record()
        run()
        end.record()
        end.synchronize()
        times.append(start.elapsed_time(end))
    return sorted(times)[len(times) // 2]


def ceilings():
    size = 8192
    for name, kind, tf32 in (("float32", torch.float32, False), ("TF32", torch.float32, True), ("bfloat16", torch.bfloat16, False), ("float16", torch.float16, False)):
        torch.backends.cuda.matmul.allow_tf32 = tf32
        a, b = (torch.randn(size, size, device="cuda", dtype=kind) for _ in range(2))
        print(f"| {name} matrix product | {2 * size ** 3 / milliseconds(lambda: a @ b, 5) / 1e9:.0f} TFLOP/s |")
    x = torch.empty(1 << 30, dtype=torch.uint8, device="cuda")
    y = torch.empty_like(x)
    print(f"| copy, bytes read and written | {2 * x.numel() / milliseconds(lambda: y.copy_(x), 5) / 1e9:.2f} TB/s |")


@torch.inference_mode()
def main():
    print(f"PyTorch {torch.__version__}, {torch.cuda.get_device_name()}\n")
    print("| what the card does | rate |\n|---|---:|")
    ceilings()
    print("\n| PyTorch | products | NxH | R | million pairs/s | ms |\n|---|---|---|---:|---:|---:|")
    for kind in (Plain, Factorised):
        torch.manual_seed(0)
        model = kind().cuda()
        for mode in ("eager", "compiled"):
            run = model if mode == "eager" else torch.compile(model, dynamic=False)
            for precision in ("float32", "TF32", "bfloat16"):
                torch.backends.cuda.matmul.allow_tf32 = precision == "TF32"
                for candidates, history, requests in ((100, 50, 1), (100, 50, 64), (100, 50, 256)):
                    if mode == "compiled" and (precision == "TF32" or requests == 256):
                        continue
                    e = torch.randn(requests, history, D, device="cuda")
                    v = torch.randn(requests, candidates, D, device="cuda")
                    with torch.autocast("cuda", torch.bfloat16, enabled=precision == "bfloat16"):
                        time = milliseconds(lambda: run(e, v), 20)
                    pairs = candidates * history * requests
                    print(f"| {kind.__name__.lower()}, {mode} | {precision} | {candidates}x{history} | {requests} | {pairs / time / 1e3:.1f} | {time:.3f} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
