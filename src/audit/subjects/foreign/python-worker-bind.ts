/**
 * How a Python grader's parameters are filled (part of python-worker.ts).
 *
 * By name, as far as names say it: `answer`, `response`, `prediction`, ... is the answer; `reference`, `expected`, `ground_truth`, ... the reference;
 * `input`, `question`, `prompt`, ... the input; a column of the examples is itself; `example` is everything in one dictionary. In verifiers'
 * form (`completion`, `prompt`, `answer`, `state`, `info`, `task`) and beside an output, `answer` is the reference. Otherwise by position: (answer,
 * reference, input, example), for data sets (predictions, labels, items), for pairs (answer, opponent, reference, input). TRL's form
 * (`completions`) gets lists of one size, and every column by name. Never by position where both the answer and the reference are known by name.
 *
 * Messages or texts: as an annotation says, or where the function looks at `"content"`, messages; else as the example's input is.
 */
export const PYTHON_BIND: string = `
OUTPUT = "response output prediction pred completion solution_str generated generated_text model_output model_answer hypothesis student_answer llm_output".split()
ANSWER = OUTPUT + "answer candidate submission text predictions preds y_pred y_hat yhat predicted forecast forecasts files code program ranking ranked".split()
REFERENCE = "reference expected expected_output expected_answer ideal ground_truth groundtruth gold gold_answer target targets label labels truth correct_answer reference_answer y_true actual actuals y solution references".split()
INPUT = "input question prompt query instruction source document problem item_inputs".split()
FIRST = "a first left chosen response_a output_a answer_a".split()
OPPONENT = "opponent other rival second b right rejected response_b output_b answer_b".split()
WHOLE = "example sample row record data datum case item".split()
DIRECT = "id options workspace items fields".split()
# verl hands over the name of the data set, which most functions pass over.
FIXED = {"data_source": ""}


def source_of(name, names, verifiers, columns, pairs=False):
    """What a parameter of this name stands for; None: nothing that is known."""
    if name in FIRST or name in OPPONENT:
        return ("answer" if name in FIRST else "opponent") if pairs else None
    if verifiers:
        own = {"answer": "reference", "completion": "said", "prompt": "asked", "state": "state", "info": "info", "task": "task"}
        if name in own:
            return own[name]
    if name == "answer" and any(other in names for other in OUTPUT):
        return "reference"
    if name == "text" and "answer" in names:
        return "input"
    if name in ("completion", "prompt"):
        return "said" if name == "completion" else "asked"
    if name in DIRECT:
        return name
    if name in columns and name not in ANSWER:
        return "field:" + name
    for source, known in (("answer", ANSWER), ("reference", REFERENCE), ("input", INPUT), ("example", WHOLE)):
        if name in known:
            return source
    return None


def is_chat(asked):
    return isinstance(asked, list) and len(asked) > 0 and all(isinstance(m, dict) and "role" in m for m in asked)


def said(parts, answer, chat):
    asked = parts.get("input")
    if not (is_chat(asked) if chat is None else chat):
        return answer
    return [{"role": "assistant", "content": answer}]


def asked(parts, chat):
    prompt = parts.get("input")
    if is_chat(prompt) or not chat:
        return prompt
    return [{"role": "user", "content": prompt if isinstance(prompt, str) else json.dumps(prompt)}]


def whole(parts, answer, opponent):
    """The one dictionary of the signature 'object'."""
    made = {name: parts.get("field:" + name) for name in parts.columns()}
    made.update({name: parts.get(name) for name in ("id", "input", "reference", "options", "items", "workspace")})
    made.update(expected=parts.get("reference"), answer=answer, output=answer, predictions=answer, labels=parts.get("labels"))
    if opponent is not None:
        made["opponent"] = opponent
    return made


def value_of(source, call, chat):
    parts, answer, opponent = call
    if source == "answer":
        return answer
    if source == "opponent":
        return opponent
    if source == "said":
        return said(parts, answer, chat)
    if source == "asked":
        return asked(parts, chat)
    if source == "example":
        return whole(parts, answer, opponent)
    if source in ("info", "task"):
        given = parts.get("field:" + source)
        return given if given is not None else (parts.get("fields") if source == "info" else "default")
    if source == "state":
        return {
            "prompt": asked(parts, chat), "completion": said(parts, answer, chat), "answer": parts.get("reference"),
            "info": value_of("info", call, chat), "task": value_of("task", call, chat), "turn": 1,
        }
    return parts.get(source)


POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
VARIABLE = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
EMPTY = inspect.Parameter.empty


def order_of(form):
    if form == "pairwise":
        return ["answer", "opponent", "reference", "input"]
    if form in ("classification", "forecast", "ranking"):
        return ["answer", "reference", "items"]
    return ["answer", "reference", "input", "example"]


def bind_positional(parameters, form):
    order = order_of(form)
    if parameters is not None:
        takes = [p for p in parameters if p.kind in POSITIONAL]
        needed = [p for p in takes if p.default is EMPTY]
        strict = [p.name for p in parameters if p.kind == inspect.Parameter.KEYWORD_ONLY and p.default is EMPTY]
        if strict or len(needed) > len(order):
            raise Refused("unclear-signature", "it asks for " + ", ".join(strict or [p.name for p in needed]), order)
        # A parameter that it need not be given keeps its default, unless its name says that it is the next in order.
        count = max(len(needed), min(len(takes), 1))
        names = [p.name for p in takes]
        while count < min(len(takes), len(order)) and source_of(names[count], names, False, ()) == order[count]:
            count += 1
        order = order[:count]
    return (lambda call: ([value_of(source, call, None) for source in order], {})), set(order)


def bind_object(call):
    return [whole(*call)], {}


def bind(parameters, signature, form, columns, chat):
    names = [p.name for p in parameters]
    verifiers = signature == "verifiers" or "state" in names or ("completion" in names and "answer" in names)
    plain = [p for p in parameters if p.kind not in VARIABLE]
    bound, unknown, fixed = {}, [], {}
    for p in [p for p in plain if p.default is EMPTY] + [p for p in plain if p.default is not EMPTY]:
        source = source_of(p.name, names, verifiers, columns, form in (None, "pairwise"))
        needed = p.default is EMPTY
        doubled = source in bound.values() and source not in ("items",)
        if source is None or doubled:
            if needed and p.name in FIXED:
                fixed[p.name] = FIXED[p.name]
            elif needed:
                unknown.append(p.name)
        elif needed or source.startswith("field:") or source in ("reference", "input", "said", "asked", "opponent", "options"):
            bound[p.name] = source
    sources = set(bound.values())
    if len(plain) == 1 and bound.get(plain[0].name) == "example":
        return bind_object, {"answer"}, "object"
    graded = sources & {"answer", "said", "state", "example"}
    if unknown or not graded:
        # Where names say which is the answer and which the reference, positions would put others into their places, and all would score as wrong.
        if verifiers or {"answer", "reference"} <= sources:
            raise Refused("unclear-signature", "it asks for " + ", ".join(unknown or names), sorted(columns))
        binder, used = bind_positional(parameters, form)
        return binder, used, "positional"
    extra = any(p.kind == inspect.Parameter.VAR_KEYWORD for p in parameters)
    first = [p.name for p in plain if p.kind == inspect.Parameter.POSITIONAL_ONLY and p.name in bound]
    rest = [(name, source) for name, source in bound.items() if name not in first]

    def binder(call):
        named = {name: value_of(source, call, chat) for name, source in rest}
        named.update(fixed)
        if extra:
            parts = call[0]
            for name in parts.columns():
                if name not in bound:
                    named[name] = parts.get("field:" + name)
            if verifiers:
                for name, source in (("prompt", "asked"), ("completion", "said"), ("answer", "reference"), ("state", "state"), ("info", "info"), ("task", "task")):
                    if name not in bound:
                        named[name] = value_of(source, call, chat)
        return [value_of(bound[name], call, chat) for name in first], named

    if "state" in sources or "said" in sources:
        sources.add("answer")
    return binder, sources, "names"


def bind_batch(parameters, columns, chat):
    """TRL's form: lists of one size by the names of columns. Also verifiers' group functions."""
    known = {"prompts": "asked", "completions": "said", "states": "state", "infos": "info", "tasks": "task", "answers": "reference", "answer": "reference"}
    bound, unknown, silent = {}, [], {}
    for p in parameters:
        if p.kind in VARIABLE:
            continue
        if p.name in known:
            bound[p.name] = known[p.name]
        elif p.name in columns:
            bound[p.name] = "field:" + p.name
        elif p.name in REFERENCE:
            bound[p.name] = "reference"
        elif p.name in INPUT or p.name in DIRECT:
            bound[p.name] = "input" if p.name in INPUT else p.name
        elif p.name in ("trainer_state", "log_extra", "log_metric"):
            silent[p.name] = None if p.name == "trainer_state" else (lambda *args, **named: None)
        elif p.default is EMPTY:
            unknown.append(p.name)
    if unknown:
        raise Refused("unclear-signature", "it asks for " + ", ".join(unknown), sorted(list(columns) + ["prompts", "completions", "reference"]))
    used = set(bound.values())
    if any(p.kind == inspect.Parameter.VAR_KEYWORD for p in parameters):
        for name in ["prompts", "completions"] + sorted(columns):
            bound.setdefault(name, known.get(name, "field:" + name))
        for name in REFERENCE + ["answer"]:
            bound.setdefault(name, "reference")
    first = [p.name for p in parameters if p.kind == inspect.Parameter.POSITIONAL_ONLY]

    def binder(calls):
        lists = {name: [value_of(source, call, chat) for call in calls] for name, source in bound.items()}
        lists.update(silent)
        return [lists.pop(name) for name in first], lists

    return binder, used
`;
