#!/usr/bin/env python3
"""Records what PyTorch and transformers compute, so that the engine's tests can hold it against them.

    python interop/torch/record.py            a tiny random Llama: scores, gradients, three AdamW steps
    python interop/torch/record.py --smollm2  logits of SmolLM2-135M (interop/smollm2/to_safetensors.py first)

Everything goes to test/engine/recorded/. From a fixed seed; a second run on the same versions gives the same files up
to the last bits of float32.
"""

import argparse
import json
import pathlib

import numpy as np
import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "test/engine/recorded"
SMOLLM2 = ROOT / ".models/smollm2-135m-instruct"
ADAMW = {"lr": 3e-3, "betas": (0.9, 0.95), "eps": 1e-8, "weight_decay": 0.1}
MAX_NORM = 1.0


def tiny() -> LlamaForCausalLM:
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=97,
        hidden_size=48,
        intermediate_size=80,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=12,
        max_position_embeddings=64,
        rms_norm_eps=1e-5,
        rope_theta=10000.0,
        tie_word_embeddings=True,
        initializer_range=0.2,
    )
    model = LlamaForCausalLM(config).float()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "norm" in name:
                parameter.add_(0.3 * torch.randn_like(parameter))
    return model


def scores(model, ids):
    """log p(ids[t + 1] | ids[..t]) and the entropy it was drawn from, each [T - 1]."""
    logits = model(ids[None]).logits[0, :-1]
    logp = logits.log_softmax(-1)
    return logp.gather(-1, ids[1:, None])[:, 0], -(logp.exp() * logp).sum(-1)


def record_tiny() -> None:
    model = tiny()
    folder = OUT / "tiny"
    folder.mkdir(parents=True, exist_ok=True)
    state = {name: value.contiguous() for name, value in model.state_dict().items() if name != "lm_head.weight"}
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
    config = json.loads(model.config.to_json_string())
    config["architectures"] = ["LlamaForCausalLM"]
    config["rope_theta"] = 10000.0
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")

    generator = torch.Generator().manual_seed(11)
    sequences = [torch.randint(0, 97, (length,), generator=generator) for length in (29, 17, 29, 8)]
    credits = [torch.randn(len(ids) - 1, generator=generator) / 50 for ids in sequences]
    entropy_credits = [torch.randn(len(ids) - 1, generator=generator) / 80 for ids in sequences]
    decay = [p for n, p in model.named_parameters() if p.ndim > 1 and "embed" not in n]
    rest = [p for n, p in model.named_parameters() if not (p.ndim > 1 and "embed" not in n)]
    optimiser = torch.optim.AdamW([{"params": decay}, {"params": rest, "weight_decay": 0.0}], **ADAMW)
    steps = []
    for step in range(3):
        optimiser.zero_grad()
        loss, said = 0.0, []
        for ids, by_logprob, by_entropy in zip(sequences, credits, entropy_credits):
            logprobs, entropies = scores(model, ids)
            loss = loss + (by_logprob * logprobs).sum() + (by_entropy * entropies).sum()
            said.append({"logprobs": logprobs.tolist(), "entropies": entropies.tolist()})
        loss.backward()
        if step == 0:
            save_file({n: p.grad.clone() for n, p in model.named_parameters()}, folder / "gradients.safetensors")
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), MAX_NORM)
        optimiser.step()
        steps.append({"loss": loss.item(), "gradientNorm": norm.item(), "scores": said if step == 0 else None})
    save_file({n: p.detach().clone() for n, p in model.named_parameters()}, folder / "after.safetensors")
    record = {
        "torch": torch.__version__,
        "optimiser": {**ADAMW, "betas": list(ADAMW["betas"]), "maxGradientNorm": MAX_NORM, "decays": "matrices except the embedding"},
        "sequences": [ids.tolist() for ids in sequences],
        "credits": [c.tolist() for c in credits],
        "entropyCredits": [c.tolist() for c in entropy_credits],
        "steps": steps,
    }
    (folder / "record.json").write_text(json.dumps(rounded(record)) + "\n")


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.8g}")
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(item) for item in value]
    return value


TEXT = (
    "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\nHow many episodes of RL have we done so far?"
    "<|im_end|>\n<|im_start|>assistant\nI looked at 3 files, compute_reward.py among them; none says. é 漢"
)


def record_smollm2() -> None:
    tokenizer = AutoTokenizer.from_pretrained(SMOLLM2)
    model = AutoModelForCausalLM.from_pretrained(SMOLLM2, dtype=torch.float32)
    ids = torch.tensor(tokenizer(TEXT)["input_ids"])
    with torch.no_grad():
        logits = model(ids[None]).logits[0]
    columns = np.unique(np.concatenate([np.arange(0, 49152, 769), ids.numpy()]))
    record = {
        "torch": torch.__version__,
        "text": TEXT,
        "ids": ids.tolist(),
        "columns": columns.tolist(),
        "logits": logits[:, torch.tensor(columns)].tolist(),
        "logSumExp": logits.logsumexp(-1).tolist(),
        "argmax": logits.argmax(-1).tolist(),
    }
    (OUT / "smollm2.json").write_text(json.dumps(rounded(record)) + "\n")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--smollm2", action="store_true")
    OUT.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(2)
    record_smollm2() if arguments.parse_args().smollm2 else record_tiny()
