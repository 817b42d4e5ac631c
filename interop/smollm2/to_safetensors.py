#!/usr/bin/env python3
"""Dequantises the GGUF file to a Hugging Face checkpoint (float32 safetensors, config.json, tokenizer.json).

llama.cpp stores the query and key projections with the rows of each head interleaved for its way of rotating pairs;
Hugging Face rotates the two halves of a head against each other, so those rows are put back. Needs requirements.txt.
"""

import argparse
import json
import pathlib

import numpy as np
from gguf import GGUFReader, dequantize
from safetensors.numpy import save_file

DEFAULT = ".models/smollm2-135m-instruct.gguf"
TARGET = ".models/smollm2-135m-instruct"

NAMES = {
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
TOP = {"token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight"}


def hf_name(name: str) -> str:
    if name in TOP:
        return TOP[name]
    _, block, part, _ = name.split(".")
    return f"model.layers.{block}.{NAMES[part]}.weight"


def halves(matrix: np.ndarray, heads: int) -> np.ndarray:
    rows, columns = matrix.shape
    pairs = matrix.reshape(heads, rows // heads // 2, 2, columns)
    return np.ascontiguousarray(pairs.swapaxes(1, 2).reshape(rows, columns))


def tensors(reader: GGUFReader, heads: int, kv_heads: int) -> dict[str, np.ndarray]:
    out = {}
    for tensor in reader.tensors:
        values = dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
        values = values.reshape(tuple(int(n) for n in reversed(tensor.shape)))
        if ".attn_q." in tensor.name:
            values = halves(values, heads)
        if ".attn_k." in tensor.name:
            values = halves(values, kv_heads)
        out[hf_name(tensor.name)] = values
    return out


def tokenizer(value) -> dict:
    tokens = value("tokenizer.ggml.tokens")
    special = [i for i, kind in enumerate(value("tokenizer.ggml.token_type")) if kind == 3]
    added = [
        {"id": i, "content": tokens[i], "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
        for i in special
    ]
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": None,
        # Each digit is a token of its own, then GPT-2's splitting into words.
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": True}, byte_level]},
        "post_processor": None,
        "decoder": byte_level,
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": False,
            "vocab": {token: i for i, token in enumerate(tokens)},
            "merges": [merge.split(" ") for merge in value("tokenizer.ggml.merges")],
        },
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("source", nargs="?", default=DEFAULT)
    arguments.add_argument("target", nargs="?", default=TARGET)
    given = arguments.parse_args()
    target = pathlib.Path(given.target)
    if (target / "model.safetensors").exists():
        print(f"{target} is there")
        return
    reader = GGUFReader(given.source)
    value = lambda key: reader.fields[key].contents()
    heads, kv_heads = value("llama.attention.head_count"), value("llama.attention.head_count_kv")
    hidden = value("llama.embedding_length")
    target.mkdir(parents=True, exist_ok=True)
    config = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": value("llama.vocab_size"),
        "hidden_size": hidden,
        "intermediate_size": value("llama.feed_forward_length"),
        "num_hidden_layers": value("llama.block_count"),
        "num_attention_heads": heads,
        "num_key_value_heads": kv_heads,
        "head_dim": hidden // heads,
        "rope_theta": value("llama.rope.freq_base"),
        "rms_norm_eps": 1e-5,
        "max_position_embeddings": value("llama.context_length"),
        "tie_word_embeddings": True,
        "attention_bias": False,
        "mlp_bias": False,
        "hidden_act": "silu",
        "bos_token_id": value("tokenizer.ggml.bos_token_id"),
        "eos_token_id": value("tokenizer.ggml.eos_token_id"),
        "torch_dtype": "float32",
    }
    (target / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    (target / "tokenizer.json").write_text(json.dumps(tokenizer(value), ensure_ascii=False) + "\n")
    settings = {"tokenizer_class": "GPT2Tokenizer", "eos_token": "<|im_end|>", "chat_template": value("tokenizer.chat_template")}
    (target / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")
    part = target / "model.safetensors.part"
    save_file(tensors(reader, heads, kv_heads), part, metadata={"format": "pt"})
    part.rename(target / "model.safetensors")
    print(f"wrote {target}")


if __name__ == "__main__":
    main()
