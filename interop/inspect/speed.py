"""Plays written-down episodes with Inspect AI: mock model, bash tool, local sandbox. Prints episodes per second as JSON.

    speed.py --episodes FILE --samples 4,16

FILE holds one JSON object a line: `id`, `messages` (`role`, `text`), `files` (`path` relative to the working directory, `text`), `steps`
(`thought` or null, `command`), `final`, and `end`: for each file that may change, the SHA-256 it must have at the end, or null
where it must be gone.
"""

import argparse
import hashlib
import json
import tempfile
import time
from importlib.metadata import version

from inspect_ai import Task, eval
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessageSystem, ChatMessageUser, ModelOutput, ModelUsage, get_model
from inspect_ai.scorer import Score, Target, accuracy, scorer
from inspect_ai.solver import TaskState, generate, use_tools
from inspect_ai.tool import bash
from inspect_ai.util import sandbox

COMMAND_SECONDS = 60
WARM_UP = 16


def read_episodes(path):
    with open(path, encoding="utf-8") as lines:
        return {episode["id"]: episode for episode in map(json.loads, lines)}


def sample_of(episode):
    """Every message names its episode, so that the model knows which one it plays."""
    roles = {"system": ChatMessageSystem, "user": ChatMessageUser}
    return Sample(
        id=episode["id"],
        input=[
            roles[message["role"]](content=message["text"], metadata={"episode": episode["id"]})
            for message in episode["messages"]
        ],
        target="",
        files={file["path"]: file["text"] for file in episode["files"]},
        metadata={"end": episode["end"]},
    )


def script_of(episodes):
    """A model that plays each episode's steps, then says its final text."""

    def outputs(input, tools, tool_choice, config):
        episode = episodes[input[0].metadata["episode"]]
        turn = sum(1 for message in input if message.role == "assistant")
        if turn < len(episode["steps"]):
            step = episode["steps"][turn]
            output = ModelOutput.for_tool_call(
                model="mockllm",
                tool_name="bash",
                tool_arguments={"command": step["command"]},
                tool_call_id=f"call-{turn}",
                content=step["thought"] or "",
            )
        else:
            output = ModelOutput.from_content(model="mockllm", content=episode["final"])
        output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
        return output

    return outputs


async def hash_of(path):
    try:
        return hashlib.sha256((await sandbox().read_file(path, text=False))).hexdigest()
    except FileNotFoundError:
        return None


@scorer(metrics=[accuracy()])
def same_end():
    async def score(state: TaskState, target: Target) -> Score:
        found = {path: await hash_of(path) for path in state.metadata["end"]}
        return Score(value=1 if found == state.metadata["end"] else 0, explanation=json.dumps(found))

    return score


def play(episodes, at_once):
    """Seconds, and the episodes whose files did not end as they must, with what was found."""
    task = Task(
        dataset=MemoryDataset([sample_of(episode) for episode in episodes.values()]),
        solver=[use_tools(bash(timeout=COMMAND_SECONDS)), generate()],
        scorer=same_end(),
        sandbox="local",
    )
    model = get_model("mockllm/model", custom_outputs=script_of(episodes), memoize=False)
    with tempfile.TemporaryDirectory() as logs:
        begun = time.perf_counter()
        [log] = eval(
            task,
            model=model,
            display="none",
            log_dir=logs,
            log_realtime=False,
            log_level="error",
            max_samples=at_once,
            max_subprocesses=at_once,
        )
        seconds = time.perf_counter() - begun
        # Read from the log file only now.
        samples = list(log.samples or [])
    if log.status != "success" or len(samples) != len(episodes):
        raise SystemExit(f"the evaluation ended with {log.status}: {log.error}")
    other = {
        sample.id: sample.scores["same_end"].explanation for sample in samples if sample.scores["same_end"].value != 1
    }
    return seconds, other


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--episodes", required=True)
    parser.add_argument("--samples", required=True, help="samples at a time, several settings split by commas")
    args = parser.parse_args()
    episodes = read_episodes(args.episodes)
    # The first evaluation of a process loads and registers what the others find there.
    play(dict(list(episodes.items())[:WARM_UP]), WARM_UP)
    rates = {}
    other = {}
    for at_once in map(int, args.samples.split(",")):
        seconds, others = play(episodes, at_once)
        rates[f"{at_once} samples at once"] = len(episodes) / seconds
        other.update(others)
    print(json.dumps({"inspect": version("inspect_ai"), "episodesPerSecond": rates, "otherEnd": other}))


main()
