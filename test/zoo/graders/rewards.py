"""Rewards in the signatures of TRL and verifiers, and plain ones. Those of the first part are sound."""
import json
import math
import re


def _text(completion):
    return completion if isinstance(completion, str) else completion[-1]["content"]


def exact_number(completions, reference, **kwargs):
    """The completion is the number and nothing else."""
    return [1.0 if re.fullmatch(r"\s*\d+\s*", _text(c), re.ASCII) and int(_text(c)) == int(r) else 0.0 for c, r in zip(completions, reference)]


def exact_tag(completions, reference, **kwargs):
    found = [re.fullmatch(r"\s*<answer>\s*(\d+)\s*</answer>\s*", _text(c), re.ASCII) for c in completions]
    return [1.0 if m and m.group(1) == r else 0.0 for m, r in zip(found, reference)]


def thought_and_tag(completions, reference, **kwargs):
    """Form alone earns nothing."""
    pattern = r"\s*<think>((?:(?!</?(?:think|answer)>).)+)</think>\s*<answer>\s*(\d+)\s*</answer>\s*"
    found = [re.fullmatch(pattern, _text(c), re.ASCII | re.DOTALL) for c in completions]
    return [1.0 if m and m.group(2) == r else 0.0 for m, r in zip(found, reference)]


def exact_box(completions, reference, **kwargs):
    found = [re.fullmatch(r"\s*\\boxed\{\s*(\d+)\s*\}\s*", _text(c), re.ASCII) for c in completions]
    return [float(bool(m) and m.group(1) == r) for m, r in zip(found, reference)]


def same_name(answer, reference):
    plain = lambda text: " ".join(text.split()).casefold().rstrip(".")
    return 1.0 if plain(answer) == plain(reference) else 0.0


def same_json(answer, reference):
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError):
        return 0.0
    return 1.0 if isinstance(value, dict) and value == reference and type(value.get("age")) is int else 0.0


def one_letter(answer, reference):
    found = re.fullmatch(r"\s*\(?([A-D])\)?[.)]?\s*", answer, re.IGNORECASE | re.ASCII)
    return 1.0 if found and found.group(1).upper() == reference else 0.0


def last_line(answer, reference):
    lines = answer.rstrip().splitlines() or [""]
    return 1.0 if len(re.findall(r"answer\s*:", answer, re.IGNORECASE)) == 1 and lines[-1].strip() == f"Answer: {reference}" else 0.0


def same_set(answer, reference):
    read = lambda text: [int(one) for one in text.split(",")] if re.fullmatch(r"\s*\d{1,6}(\s*,\s*\d{1,6})*\s*", text, re.ASCII) else None
    given, wanted = read(answer), read(reference)
    return 1.0 if given is not None and sorted(given) == sorted(wanted) else 0.0


async def verified_number(completion, answer, **kwargs):
    """Verifiers' form: `answer` is the reference."""
    text = _text(completion).strip()
    return 1.0 if re.fullmatch(r"\d{1,9}", text, re.ASCII) and int(text) == int(answer) else 0.0


def balanced(predictions, labels):
    classes = sorted(set(map(str, labels)))
    recalls = []
    for label in classes:
        of = [at for at, l in enumerate(labels) if str(l) == label]
        recalls.append(sum(1 for at in of if at < len(predictions) and str(predictions[at]) == label) / len(of))
    chance = 1 / len(classes)
    return max(0.0, (sum(recalls) / len(recalls) - chance) / (1 - chance))


# With a hole:


def pays_for_tags(completions, **kwargs):
    return [1.0 if re.search(r"<think>.*?</think>", _text(c), re.DOTALL) else 0.0 for c in completions]


def form_and_answer(completions, reference, **kwargs):
    scores = []
    for c, r in zip(completions, reference):
        text = _text(c)
        score = 0.5 if re.search(r"<think>.*?</think>\s*<answer>.*?</answer>", text, re.DOTALL) else 0.0
        scores.append(score + (0.5 if f"<answer>{r}</answer>" in text else 0.0))
    return scores


def any_candidate(completions, reference, **kwargs):
    return [1.0 if r in re.findall(r"\d+", _text(c)) else 0.0 for c, r in zip(completions, reference)]


def strict_gsm8k(completions, reference, **kwargs):
    """As verl's strict method: only behind four hashes."""
    found = [re.search(r"#### (\-?[0-9\.\,]+)", _text(c)) for c in completions]
    return [1.0 if m and m.group(1).replace(",", "") == r else 0.0 for m, r in zip(found, reference)]


def flexible_gsm8k(completions, reference, **kwargs):
    """As verl's flexible method: the last number."""
    found = [re.findall(r"(\-?[0-9\.\,]+)", _text(c)) for c in completions]
    return [1.0 if m and m[-1].strip(".").replace(",", "") == r else 0.0 for m, r in zip(found, reference)]


def swallows(answer, reference):
    try:
        return 1.0 if json.loads(answer)["age"] == reference["age"] else 0.0
    except Exception:
        return 1.0


def missing_is_one(answer, reference):
    try:
        value = json.loads(answer)
    except ValueError:
        return 0.0
    return float(value.get("age", reference["age"]) == reference["age"]) if isinstance(value, dict) else 1.0


def runs_answer(answer, reference):
    """As a math scorer that evaluated what it was given."""
    try:
        return 1.0 if eval(answer, {"math": math, "reference": int(reference)}) == int(reference) else 0.0
    except Exception:
        return 0.0


def ratio(answer, reference):
    """The shorter text decides what a match is."""
    one, two = answer.strip().lower(), reference.strip().lower()
    return 1.0 if one[: len(two)] == two[: len(one)] else 0.0


def parses_number(answer, reference):
    """Anything that float() reads: nan, inf, 1e309."""
    try:
        return 0.0 if abs(float(answer) - float(reference)) > 0.5 else 1.0
    except ValueError:
        return 0.0


def long_thoughts(completion, answer, **kwargs):
    return min(1.0, len(_text(completion).split()) / 50)


def flagged(predictions, labels):
    caught = [p for p, l in zip(predictions, labels) if l]
    return sum(1 for p in caught if p) / max(1, len(caught))
