"""Writes a real log of Inspect AI, once as `.eval` and once as `.json`: mock model, bash tool, local sandbox, thoughts, a failing command, a score.

    log.py FOLDER
"""

import sys
from pathlib import Path

from inspect_ai import Task, eval
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.log import read_eval_log, write_eval_log
from inspect_ai.model import ContentReasoning, ContentText, ModelOutput, ModelUsage, get_model
from inspect_ai.scorer import includes
from inspect_ai.solver import generate, system_message, use_tools
from inspect_ai.tool import bash

SAMPLES = [
    Sample(id="found", input="What does notes.txt say?", target="seven", files={"notes.txt": "seven\n"}),
    Sample(id="missing", input="What does gone.txt say?", target="nothing"),
    Sample(id=3, input=[{"role": "user", "content": "Say hello."}], target="hello"),
]


def counted(output):
    """With a usage of its own, or the mock model asks the network for a tokenizer."""
    output.usage = ModelUsage(input_tokens=40, output_tokens=10, total_tokens=50)
    return output


def thinking(output, thought):
    message = output.choices[0].message
    message.content = [ContentReasoning(reasoning=thought), ContentText(text=message.text)]
    return counted(output)


def play(input, tools, tool_choice, config):
    asked = next(message.text for message in input if message.role == "user")
    results = [message for message in input if message.role == "tool"]
    if "hello" in asked:
        return counted(ModelOutput.from_content("mockllm", "hello"))
    if not results:
        path = "notes.txt" if "notes" in asked else "gone.txt"
        call = ModelOutput.for_tool_call("mockllm", "bash", {"command": f"cat {path}"}, content="I look.")
        return thinking(call, "I want to know what the file says.")
    return thinking(ModelOutput.from_content("mockllm", f"It says: {results[-1].text or 'nothing'}"), "That is it.")


def main():
    folder = Path(sys.argv[1])
    task = Task(
        name="reading",
        dataset=MemoryDataset(SAMPLES),
        solver=[system_message("You read files."), use_tools(bash(timeout=20)), generate()],
        scorer=includes(),
        sandbox="local",
    )
    model = get_model("mockllm/model", custom_outputs=play)
    [log] = eval(task, model=model, log_dir=str(folder), log_format="eval", display="none")
    assert log.status == "success", log.error
    written = Path(log.location.removeprefix("file://"))
    target = folder / "reading.eval"
    written.rename(target)
    write_eval_log(read_eval_log(str(target)), str(folder / "reading.json"), format="json")


main()
