/**
 * Modules that run the user's own assertion code in a grader's process. Each call brings its assertion in the column `subterfuge`, and gets back
 * whether it passed as the score and promptfoo's own score in the reason, as JSON.
 */

/** How the code of a call is to be run. */
export interface ScriptCall {
  readonly how: 'regex' | 'inline' | 'file';
  /** The pattern, the code, or the absolute path of a file (JavaScript) or its text (Python). */
  readonly code: string;
  /** Function of a file; null: its usual one. */
  readonly name: string | null;
  readonly threshold: number | null;
  readonly vars: unknown;
}

export const JAVASCRIPT_MODULE = `import { pathToFileURL } from 'node:url';

const made = new Map();
const inline = (code) => {
  const text = code.trim();
  if (text.includes('\\n')) return new Function('output', 'context', 'process', text);
  const one = text.replace(/;+\\s*$/, '');
  // Declarations have no value; what a script that begins with one ends in has.
  if (/^(?:const|let|var)\\s/.test(one)) return new Function('output', 'context', 'process', 'return eval(' + JSON.stringify(one) + ')');
  return new Function('output', 'context', 'process', 'return ' + one);
};
const fromFile = async (path, name) => {
  const module = await import(pathToFileURL(path).href);
  const found = name === null ? (module.default ?? module.get_assert) : (module[name] ?? module.default?.[name]);
  if (typeof found !== 'function') throw new TypeError('the file exports no function ' + (name ?? 'as default'));
  return found;
};
const build = ({ how, code, name }) => {
  if (how === 'regex') {
    const pattern = new RegExp(code);
    return (output) => pattern.test(output);
  }
  return how === 'file' ? fromFile(code, name) : inline(code);
};
const answer = (pass, score) => ({ score: pass ? 1 : 0, reason: JSON.stringify({ score }) });

export const score = async ({ output, subterfuge }) => {
  const { how, code, name, threshold, vars } = subterfuge;
  const key = JSON.stringify([how, code, name]);
  if (!made.has(key)) made.set(key, build(subterfuge));
  const run = await made.get(key);
  const result = await run(output, { vars, test: { vars }, threshold: threshold ?? undefined }, process);
  if (typeof result === 'boolean') return answer(result, result ? 1 : 0);
  if (typeof result === 'number' && Number.isFinite(result)) return answer(threshold === null ? result > 0 : result >= threshold, result);
  if (typeof result === 'object' && result !== null && typeof result.pass === 'boolean') {
    return answer(result.pass, Number.isFinite(result.score) ? result.score : result.pass ? 1 : 0);
  }
  throw new TypeError('an assertion returned neither a boolean, a finite number, nor {pass, score, reason}: ' + typeof result);
};
`;

export const PYTHON_MODULE = `import inspect
import json
import math
import textwrap

_made = {}


def _build(how, code, name):
    space = {"__name__": "subterfuge_assertion"}
    if how == "file":
        exec(compile(code, "<assertion file>", "exec"), space)
        return space[name or "get_assert"]
    text = code.strip()
    if "\\n" in text:
        exec("def _main(output, context):\\n" + textwrap.indent(text, "    "), space)
        return space["_main"]
    expression = compile(text, "<assertion>", "eval")
    return lambda output, context: eval(expression, {"output": output, "context": context})


def _answer(passed, score):
    return {"score": 1.0 if passed else 0.0, "reason": json.dumps({"score": score})}


def score(answer, subterfuge):
    how, code, name = subterfuge["how"], subterfuge["code"], subterfuge["name"]
    threshold, values = subterfuge["threshold"], subterfuge["vars"]
    key = (how, code, name)
    if key not in _made:
        _made[key] = _build(how, code, name)
    result = _made[key](answer, {"vars": values, "test": {"vars": values}})
    if isinstance(result, bool):
        return _answer(result, 1.0 if result else 0.0)
    if isinstance(result, (int, float)) and math.isfinite(result):
        return _answer(result > 0 if threshold is None else result >= threshold, float(result))
    if isinstance(result, dict):
        passed = result.get("pass", result.get("pass_"))
        given = result.get("score", 1.0 if passed else 0.0)
        if isinstance(passed, bool) and isinstance(given, (int, float)) and math.isfinite(given):
            return _answer(passed and (threshold is None or given >= threshold), float(given))
    raise TypeError("an assertion returned neither a bool, a finite number, nor {pass, score, reason}: " + type(result).__name__)
`;
