import { PYTHON_BIND } from './python-worker-bind.ts';
import { PYTHON_RUN } from './python-worker-run.ts';

/**
 * The program that runs a Python grader: standard library only, Python 3.8 and later. It is handed over as `python3 -c <text>`, so that
 * nothing has to be copied anywhere.
 *
 * Input: one JSON line that says what to load, then one line for each batch:
 *     {"examples": {"7": {...}}, "calls": [{"example": 7, "answer": ..., "opponent": ...}, ...]}
 * An example is sent once. Output: one line that says what was loaded, then one line for each call, in order, as soon as it is known:
 *     {"value": ...} | {"fault": "threw" | "malformed" | "exit", "message": "..."}
 * so whoever reads knows which call hangs or brought the process down. NaN and Infinity are written as bare words (loose-json.ts).
 *
 * Standard input and output are moved away before the grader's module is loaded: what it prints goes nowhere, what it reads is empty. Containers
 * are decoded afresh for each call, so that a grader that changes its arguments changes nothing for the next one.
 */
const PYTHON_LOAD = String.raw`
import importlib.util, inspect, json, numbers, os, sys

def main():
    loads, dumps = json.loads, json.dumps
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    sys.stdin = open(os.devnull)
    sys.stdout = open(os.devnull, "w")
    home = os.getpid()

    def tell(value):
        if os.getpid() != home:
            os._exit(0)  # a child of the grader that came back here
        sink.write(dumps(value).encode("ascii") + b"\n")
        sink.flush()

    request = loads(source.readline())
    try:
        function, info, grade = load(request, loads, dumps)
    except Refused as refused:
        tell({"ok": False, "code": refused.code, "message": refused.message, "names": refused.names})
        return
    except BaseException as error:
        tell({"ok": False, "code": "unreadable-grader", "message": describe(error, request["path"]), "names": []})
        return
    tell(info)
    examples = {}
    for line in source:
        batch = loads(line)
        for key, example in batch["examples"].items():
            examples[int(key)] = Parts(example, loads, dumps)
        calls = [(examples[call["example"]], call["answer"], call.get("opponent")) for call in batch["calls"]]
        grade(calls, tell)
    os._exit(0)  # threads that the grader left do not hold us


class Refused(Exception):
    def __init__(self, code, message, names=()):
        self.code, self.message, self.names = code, message, list(names)


class Parts:
    """An example's parts. Those that can be changed are decoded each time."""

    def __init__(self, example, loads, dumps):
        self.made = {}
        items = example.get("items")
        parts = dict(example)
        if items is not None:
            parts["labels"] = [item["label"] for item in items]
            parts["items"] = [item["input"] for item in items]
            parts["reference"] = parts["labels"]
            parts["input"] = parts["items"]
        fields = parts.get("fields") or {}
        for name, value in list(parts.items()) + [("field:" + k, v) for k, v in fields.items()]:
            text = dumps(value) if isinstance(value, (list, dict)) else None
            self.made[name] = (value, text)
        self.loads = loads

    def get(self, name):
        value, text = self.made.get(name, (None, None))
        return value if text is None else self.loads(text)

    def columns(self):
        return [name[6:] for name in self.made if name.startswith("field:")]


def load(request, loads, dumps):
    function = find(request)
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        parameters = None
    signature, form, columns = request["signature"], request["form"], request["columns"]
    names = [p.name for p in parameters or []]
    batched = signature == "trl" or (signature in ("auto", "verifiers") and "completions" in names)
    if batched:
        binder, used = bind_batch(parameters or [], columns, chatty(function, "completions"))
        shape = "batch"
    elif signature in ("auto", "verifiers") and parameters is not None:
        binder, used, shape = bind(parameters, signature, form, columns, chatty(function, "completion"))
    elif signature == "object":
        binder, used, shape = bind_object, {"answer"}, "object"
    else:
        binder, used = bind_positional(parameters, form)
        shape = "positional"
    info = {
        "ok": True,
        "python": sys.version.split()[0],
        "shape": shape,
        "needsReference": "reference" in used,
        "pairwise": "opponent" in used,
        "modules": loaded_below(request["root"]),
    }
    run = Runner(function, request["path"])

    def one_by_one(calls, tell):
        for call in calls:
            tell(run.one(binder, call))

    def together(calls, tell):
        run.batch(binder, calls, tell)

    return function, info, together if batched else one_by_one


def find(request):
    path, root, name = request["path"], request["root"], request["name"]
    sys.path[0:1] = [root]
    dotted = request["module"]
    if "." in dotted:
        module = importlib.import_module(dotted)
    else:
        taken = dotted in sys.modules or dotted in getattr(sys, "stdlib_module_names", ())
        spec = importlib.util.spec_from_file_location("graded_" + dotted if taken else dotted, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    own = [
        key for key, value in vars(module).items()
        if not key.startswith("_") and callable(value) and getattr(value, "__module__", None) == module.__name__
    ]
    if name is None:
        if len(own) != 1:
            raise Refused("no-such-export", "it has %d functions: name one" % len(own), own)
        name = own[0]
    found = module
    for part in name.split("."):
        if not hasattr(found, part):
            raise Refused("no-such-export", "it has no " + name, own)
        found = getattr(found, part)
    if not callable(found) or inspect.isclass(found):
        raise Refused("not-a-function", "%s is %s" % (name, "a class" if inspect.isclass(found) else "a " + type(found).__name__), own)
    return found


def loaded_below(root):
    files = []
    for module in list(sys.modules.values()):
        try:
            path = module.__file__
        except Exception:
            continue
        if isinstance(path, str) and path.startswith(root) and "site-packages" not in path:
            files.append(path)
    return files


def constants(code, seen=0):
    for value in code.co_consts:
        if isinstance(value, str):
            yield value
        elif hasattr(value, "co_consts") and seen < 5:
            yield from constants(value, seen + 1)


def chatty(function, name):
    """Whether it reads messages (True), texts (False), or does not say (None: as the prompts are)."""
    target = inspect.unwrap(function) if callable(function) else function
    target = getattr(target, "__func__", target)
    noted = str(getattr(target, "__annotations__", {}).get(name, "")).lower()
    if "dict" in noted or "message" in noted:
        return True
    if "str" in noted:
        return False
    code = getattr(target, "__code__", None)
    if code is not None and "content" in constants(code):
        return True
    return None
`;

export const PYTHON_WORKER: string = [PYTHON_LOAD, PYTHON_BIND, PYTHON_RUN, '\nmain()\n'].join('\n');
