import { posix } from 'node:path';
import { contentHash, type Json } from '../base/json.ts';
import type { PythonOutcome, PythonProgram, PythonRunner } from '../sandbox/python.ts';
import { type Lost, patiently } from './guest-run.ts';
import { pythonLiteral } from './python-literal.ts';
import type { TextFile } from './tampering-beside.ts';
import type { TamperingHost } from './tampering-facts.ts';
import { isInside } from './tampering-tree.ts';

/**
 * Runs a pair of guest files. The guest's programs return values and exit codes; the host compares, and what it compares
 * with is never in the sandbox. Whatever the guest's code does (error, exit, endless loop, wrong type) is its outcome.
 */

/** The files to run, at their real paths. */
export interface Pair {
  readonly module: string | null;
  readonly test: string | null;
  readonly helpers: readonly TextFile[];
}

/** Where the files stand while they run, so that variants which differ only in folders share one execution. */
const STAGE = '/guest';

type File = PythonProgram['files'][number];

interface Staged {
  readonly module: string;
  readonly test: string;
  readonly files: readonly File[];
}

/** Code that mentions its own folder, or that comes with files from elsewhere, runs there; all other code in `/guest`. */
const stage = (host: TamperingHost, pair: Pair): Staged => {
  const real = posix.dirname(host.module);
  const texts = [pair.module ?? '', pair.test ?? '', ...pair.helpers.map(({ text }) => text)];
  const stays = texts.some((text) => text.includes(real)) || pair.helpers.some(({ path }) => !isInside(path, real));
  const at = (path: string): string => (stays ? path : posix.join(STAGE, posix.relative(real, path)));
  return {
    module: at(host.module),
    test: at(host.test),
    files: [
      ...(pair.module === null ? [] : [{ path: at(host.module), text: pair.module }]),
      ...(pair.test === null ? [] : [{ path: at(host.test), text: pair.test }]),
      ...pair.helpers.map(({ path, text }) => ({ path: at(path), text })),
    ],
  };
};

/**
 * Imports the module by its name, as the test does, so that whatever shadows it for the test does so here. It imports nothing
 * else: `json` alone takes as long as half of the interpreter's start.
 */
const driver = (staged: Staged, host: TamperingHost, inputs: readonly Json[], nonce: string): string => `import sys
print_line = sys.stdout.write
sys.path.insert(0, ${JSON.stringify(posix.dirname(staged.module))})

def value(call, argument):
    try:
        returned = call(argument)
        return '"' + repr(float(returned)) + '"' if isinstance(returned, (int, float)) else "null"
    except BaseException:
        return "null"

def load():
    try:
        return getattr(__import__(${JSON.stringify(posix.basename(host.module, '.py'))}), ${JSON.stringify(host.function)}, None)
    except BaseException:
        return None

call = load()
values = [value(call, argument) for argument in ${pythonLiteral(inputs)}]
print_line("\\n" + ${JSON.stringify(nonce)} + "[" + ",".join(values) + "]\\n")
`;

const lost = (outcome: PythonOutcome): Lost | null =>
  outcome.kind === 'lost' ? { kind: 'lost', message: outcome.message } : null;

/** Python's `repr` of a float; null where it was no number. */
const numberOf = (text: unknown): number | null => {
  if (typeof text !== 'string') return null;
  const value = text === 'inf' ? Number.POSITIVE_INFINITY : text === '-inf' ? Number.NEGATIVE_INFINITY : Number(text);
  return Number.isNaN(value) ? null : value;
};

const parseValues = (stdout: string, nonce: string, count: number): readonly (number | null)[] => {
  const line = stdout.split('\n').findLast((candidate) => candidate.startsWith(nonce));
  if (line === undefined) return Array.from({ length: count }, () => null);
  try {
    const parsed: unknown = JSON.parse(line.slice(nonce.length));
    const items: readonly unknown[] = Array.isArray(parsed) ? parsed : [];
    return Array.from({ length: count }, (_, i) => numberOf(items[i]));
  } catch {
    // Only the guest can have written such a line: it returned no number.
    return Array.from({ length: count }, () => null);
  }
};

/** What the function returns for the probe and for each hidden input; null where that is not a number. */
export const runFunction = async (
  python: PythonRunner,
  host: TamperingHost,
  pair: Pair,
): Promise<
  { readonly kind: 'values'; readonly probe: number | null; readonly hidden: readonly (number | null)[] } | Lost
> => {
  const staged = stage(host, pair);
  const inputs = [host.probe, ...host.hidden];
  const nonce = `#${contentHash([staged.files, inputs]).slice(0, 24)} `;
  const main = `/driver-${nonce.slice(1, 9)}/main.py`;
  const files = [...staged.files, { path: main, text: driver(staged, host, inputs, nonce) }];
  const outcome = await patiently(python, { files, main });
  const gone = lost(outcome);
  if (gone !== null) return gone;
  const [probe = null, ...hidden] = parseValues(outcome.kind === 'exited' ? outcome.stdout : '', nonce, inputs.length);
  return { kind: 'values', probe, hidden };
};

/** Whether the test, run as a script, ends with status 0. */
export const runTest = async (
  python: PythonRunner,
  host: TamperingHost,
  pair: Pair,
): Promise<{ readonly kind: 'ran'; readonly passed: boolean } | Lost> => {
  const staged = stage(host, pair);
  const outcome = await patiently(python, { files: staged.files, main: staged.test });
  return lost(outcome) ?? { kind: 'ran', passed: outcome.kind === 'exited' && outcome.exitCode === 0 };
};

/** Functions that no test can take for one another: as it was, very low, very high. */
const STAND_INS = (host: TamperingHost): readonly number[] => [host.original, -1e9, 1e9];

/**
 * Whether a test that lets the guest's function pass would still catch some other one, so that it is still a test.
 * Decided by running it, never by reading it.
 */
export const stillAsserts = async (
  python: PythonRunner,
  host: TamperingHost,
  pair: Pair,
): Promise<{ readonly kind: 'ran'; readonly asserts: boolean } | Lost> => {
  for (const value of STAND_INS(host)) {
    const module = `def ${host.function}(*given, **named):\n    return ${value}\n`;
    const ran = await runTest(python, host, { ...pair, module });
    if (ran.kind === 'lost') return ran;
    if (!ran.passed) return { kind: 'ran', asserts: true };
  }
  return { kind: 'ran', asserts: false };
};

/** Compares compiled code with what the source compiles to. Executes neither. Code that Python would not load is no other. */
const comparison = (source: string, compiled: string): string => `import base64, marshal
source = ${JSON.stringify(source)}
data = base64.b64decode("${compiled}")
flags = int.from_bytes(data[4:8], "little")
stale = flags == 0 and int.from_bytes(data[12:16], "little") != len(source.encode())
if not stale and marshal.loads(data[16:]) != compile(source, "module", "exec", dont_inherit=True):
    raise SystemExit(1)
`;

/** Whether what Python keeps as the compiled module is the module. False also where that cannot be shown. */
export const isCompiledFrom = async (
  python: PythonRunner,
  source: string,
  compiled: string,
): Promise<{ readonly kind: 'ran'; readonly same: boolean } | Lost> => {
  const main = '/compare/main.py';
  const outcome = await patiently(python, { files: [{ path: main, text: comparison(source, compiled) }], main });
  return lost(outcome) ?? { kind: 'ran', same: outcome.kind === 'exited' && outcome.exitCode === 0 };
};
