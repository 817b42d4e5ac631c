/** How a Python grader is called, and what it returned is told (part of python-worker.ts). */
export const PYTHON_RUN: string = `
class Runner:
    def __init__(self, function, path):
        self.function, self.path, self.loop = function, path, None

    def call(self, args, named):
        value = self.function(*args, **named)
        if inspect.isawaitable(value):
            import asyncio

            if self.loop is None:
                self.loop = asyncio.new_event_loop()
                asyncio.set_event_loop(self.loop)

            async def wait():
                return await value

            value = self.loop.run_until_complete(wait())
        return value

    def one(self, binder, call):
        try:
            args, named = binder(call)
            return {"value": clean(self.call(args, named))}
        except BaseException as error:
            return self.fault(error)

    def fault(self, error):
        if isinstance(error, SystemExit):
            return {"fault": "exit", "message": "it called sys.exit(%r)" % (error.code,)}
        return {"fault": "threw", "message": describe(error, self.path)}

    def batch(self, binder, calls, tell):
        """One call of the function for all; halves where that fails, so that only the guilty are blamed."""
        try:
            args, named = binder(calls)
            values = self.call(args, named)
            if hasattr(values, "tolist"):
                values = values.tolist()
            if isinstance(values, (list, tuple)) and len(values) == len(calls):
                told = [{"value": clean(value)} for value in values]
            else:
                size = "%d rewards" % len(values) if isinstance(values, (list, tuple)) else "a " + type(values).__name__
                told = [{"fault": "malformed", "message": "it returned %s for %d completions" % (size, len(calls))}]
        except BaseException as error:
            told = [self.fault(error)]
        if len(told) == len(calls):
            for value in told:
                tell(value)
        else:
            middle = (len(calls) + 1) // 2
            self.batch(binder, calls[:middle], tell)
            self.batch(binder, calls[middle:], tell)


def describe(error, path):
    try:
        text = "%s: %s" % (type(error).__name__, error)
    except BaseException:
        text = type(error).__name__
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    where = "" if line is None else " (%s:%d)" % (os.path.basename(path), line)
    return text[:400] + where


SCORES = ("score", "reward", "value", "pass", "passed")
REASONS = ("reason", "rationale", "comment", "explanation")
MOST = 200


def clean(value, depth=0):
    """Plain data of what a grader returned: numbers of numpy, torch, decimal and fractions are numbers; an object is its score and its reason."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value[:MOST] + ("" if len(value) <= MOST else "...")
    if isinstance(value, int):
        return int(value) if abs(value) < 10**300 else float("inf") if value > 0 else float("-inf")
    if isinstance(value, float):
        return float(value)
    if isinstance(value, dict):
        if depth > 1:
            return {}
        return {str(key)[:MOST]: clean(inner, depth + 1) for key, inner in list(value.items())[:50]}
    if isinstance(value, (list, tuple, set, frozenset)) and not hasattr(value, "_fields"):
        return [None] * min(len(value), 1000)
    if callable(getattr(value, "item", None)):
        try:
            return clean(value.item(), depth + 1) if depth < 2 else None
        except (ValueError, RuntimeError):
            return [None] * 2  # more than one number
    if isinstance(value, numbers.Real) or (type(value).__module__ in ("decimal", "_decimal", "_pydecimal")):
        return float(value)
    found = {}
    for key in SCORES + REASONS:
        inner = getattr(value, key, None)
        if inner is not None and not callable(inner) and depth < 2:
            found[key] = clean(inner, depth + 1)
    return found or {"type": type(value).__name__}
`;
