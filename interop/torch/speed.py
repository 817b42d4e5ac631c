#!/usr/bin/env python3
"""How fast PyTorch trains and samples a model of a given shape on this machine; one JSON object on standard output.

    python interop/torch/speed.py --config models/base/config.json --task train --batch 32 --length 256

Tries the settings that matter on a CPU (micro-batch, eager or compiled, fused AdamW) in turn and reports each, so that
the comparison is with the best of them. float32 throughout.
"""

import argparse
import json
import time

import torch
import torch.nn.functional as F


class Block(torch.nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        hidden, width = c["hidden_size"], c["head_dim"]
        self.heads, self.kv = c["num_attention_heads"], c["num_key_value_heads"]
        self.qkv = torch.nn.Linear(hidden, (self.heads + 2 * self.kv) * width, bias=False)
        self.out = torch.nn.Linear(self.heads * width, hidden, bias=False)
        self.gate_up = torch.nn.Linear(hidden, 2 * c["intermediate_size"], bias=False)
        self.down = torch.nn.Linear(c["intermediate_size"], hidden, bias=False)
        self.norm1 = torch.nn.Parameter(torch.ones(hidden))
        self.norm2 = torch.nn.Parameter(torch.ones(hidden))

    def norm(self, x, weight):
        return F.rms_norm(x, (x.shape[-1],), weight, self.c["rms_norm_eps"])

    def forward(self, x, cos, sin, cache=None, at=0):
        b, t, _ = x.shape
        width = self.c["head_dim"]
        qkv = self.qkv(self.norm(x, self.norm1)).view(b, t, self.heads + 2 * self.kv, width).transpose(1, 2)
        q, k, v = qkv.split([self.heads, self.kv, self.kv], dim=1)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        if cache is None:
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
        else:
            keys, values = cache
            keys[:, :, at : at + t] = k
            values[:, :, at : at + t] = v
            y = F.scaled_dot_product_attention(q, keys[:, :, : at + t], values[:, :, : at + t], enable_gqa=True)
        x = x + self.out(y.transpose(1, 2).reshape(b, t, -1))
        gate, up = self.gate_up(self.norm(x, self.norm2)).chunk(2, dim=-1)
        return x + self.down(F.silu(gate) * up)


def rotate(x, cos, sin):
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], dim=-1)


class Decoder(torch.nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        self.embedding = torch.nn.Parameter(torch.randn(c["vocab_size"], c["hidden_size"]) * 0.02)
        self.blocks = torch.nn.ModuleList(Block(c) for _ in range(c["num_hidden_layers"]))
        self.norm = torch.nn.Parameter(torch.ones(c["hidden_size"]))
        half = c["head_dim"] // 2
        angle = torch.arange(c["max_position_embeddings"])[:, None] / c["rope_theta"] ** (torch.arange(half) / half)
        self.register_buffer("cos", angle.cos())
        self.register_buffer("sin", angle.sin())

    def forward(self, ids, cache=None, at=0):
        t = ids.shape[1]
        x = F.embedding(ids, self.embedding)
        cos, sin = self.cos[at : at + t], self.sin[at : at + t]
        for i, block in enumerate(self.blocks):
            x = block(x, cos, sin, None if cache is None else cache[i], at)
        x = F.rms_norm(x, (x.shape[-1],), self.norm, self.c["rms_norm_eps"])
        return x @ self.embedding.T


def median_rate(run, tokens, repeats):
    run()
    run()
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return tokens / sorted(times)[len(times) // 2]


def train(c, batch, length, repeats, compiled):
    settings = {}
    for micro in [n for n in (2, 4, 8, 16, 32) if n <= batch]:
        for mode in ["eager", "compiled"] if compiled else ["eager"]:
            torch.manual_seed(0)
            # Else settings share one piece of compiled code, and the later ones run it with dynamic shapes.
            torch._dynamo.reset()
            model = Decoder(c)
            forward = torch.compile(model) if mode == "compiled" else model
            optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, fused=True)
            ids = torch.randint(0, c["vocab_size"], (batch, length + 1))

            def step():
                optimiser.zero_grad(set_to_none=False)
                for i in range(0, batch, micro):
                    part = ids[i : i + micro]
                    logits = forward(part[:, :-1])
                    loss = F.cross_entropy(logits.reshape(-1, c["vocab_size"]), part[:, 1:].reshape(-1))
                    (loss * len(part) / batch).backward()
                torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                optimiser.step()

            settings[f"micro-batch {micro}, {mode}"] = median_rate(step, batch * length, repeats)
    return settings


def sample(c, batch, steps, repeats, compiled):
    settings = {}
    for mode in ["eager", "compiled"] if compiled else ["eager"]:
        torch.manual_seed(0)
        model = Decoder(c).eval()
        forward = torch.compile(model, dynamic=True) if mode == "compiled" else model
        shape = (batch, c["num_key_value_heads"], c["max_position_embeddings"], c["head_dim"])

        @torch.inference_mode()
        def run():
            cache = [(torch.empty(shape), torch.empty(shape)) for _ in range(c["num_hidden_layers"])]
            ids = torch.zeros(batch, 1, dtype=torch.long)
            for at in range(steps):
                probabilities = forward(ids, cache, at)[:, -1].softmax(-1)
                ids = torch.multinomial(probabilities, 1)

        settings[mode] = median_rate(run, batch * steps, repeats)
    return settings


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--config", required=True)
    arguments.add_argument("--task", choices=["train", "sample"], required=True)
    arguments.add_argument("--batch", type=int, default=32)
    arguments.add_argument("--length", type=int, default=256)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--repeats", type=int, default=5)
    arguments.add_argument("--compile", action="store_true")
    given = arguments.parse_args()
    torch.set_num_threads(given.threads)
    with open(given.config) as file:
        config = json.load(file)
    config.setdefault("head_dim", config["hidden_size"] // config["num_attention_heads"])
    run = train if given.task == "train" else sample
    rates = run(config, given.batch, given.length, given.repeats, given.compile)
    print(json.dumps({"torch": torch.__version__, "threads": given.threads, "tokensPerSecond": rates}))
