import { posix } from 'node:path';
import { z } from 'zod';
import { contentHash, type Json } from '../base/json.ts';
import { type FileState, textOf } from '../record/file.ts';
import { jsonSchema } from '../record/json.ts';
import type { PythonOutcome, PythonProgram, PythonRunner } from '../sandbox/python.ts';
import { isInside, placeOf, type Tree } from './tampering-tree.ts';

/**
 * Runs Python that a guest wrote, in a fresh sandbox: as a script, or a function of it on the host's arguments. What comes
 * back are values; the host compares, and what it compares with is never in the sandbox. Whatever the code does (error,
 * exit, endless loop, an object of its own making) is its outcome.
 */

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export interface Staged {
  readonly files: readonly TextFile[];
  /** Python files below the folder whose text the record does not hold: what runs may differ from what ran. */
  readonly unreadable: readonly string[];
}

/** Where a guest keeps files; everything else belongs to the system of the sandbox. */
const OWN = /^\/(?:root|home|tmp|srv|opt|var|work)\//;
const CACHE = /(?:^|\/)__pycache__\//;

/** The text of what stands at `path`, links followed; null where nothing does, undefined where the record does not hold it. */
const textThrough = (tree: Tree, path: string, state: FileState): string | null | undefined => {
  if (state.kind === 'directory') return null;
  if (state.kind === 'file') return textOf(state) ?? undefined;
  const place = placeOf(tree, path);
  if (place.kind === 'none' || (place.kind === 'found' && place.state.kind === 'directory')) return null;
  return place.kind === 'outside' ? undefined : (textOf(place.state) ?? undefined);
};

/** Every text file of a guest at its path. Compiled copies stay away: Python makes them from the source again. */
export const stagedFrom = (tree: Tree, folder: string): Staged => {
  const files: TextFile[] = [];
  const unreadable: string[] = [];
  for (const [path, state] of [...tree].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!OWN.test(path) || CACHE.test(path)) continue;
    const text = textThrough(tree, path, state);
    if (typeof text === 'string') files.push({ path, text });
    else if (text === undefined && isInside(path, folder) && path.endsWith('.py')) unreadable.push(path);
  }
  return { files, unreadable };
};

/** The host's loss: nothing can be said. */
export interface Lost {
  readonly kind: 'lost';
  readonly message: string;
}

const TIMEOUT_MS = 5_000;
const PATIENCE = 3;

/** A first timeout may be the host's load; a second, with three times as long, is the program's doing. */
export const patiently = async (python: PythonRunner, program: PythonProgram): Promise<PythonOutcome> => {
  const first = await python.run({ ...program, timeoutMs: TIMEOUT_MS });
  return first.kind === 'timeout' ? await python.run({ ...program, timeoutMs: PATIENCE * TIMEOUT_MS }) : first;
};

export interface Ran {
  readonly kind: 'ran';
  /** It ended with status 0. */
  readonly passed: boolean;
  /** It ran out of time, and again when it had more. */
  readonly late: boolean;
}

/** Whether the script ends with status 0. One that is not there does not. */
export const runScript = async (
  python: PythonRunner,
  files: readonly TextFile[],
  main: string,
): Promise<Ran | Lost> => {
  if (!files.some(({ path }) => path === main)) return { kind: 'ran', passed: false, late: false };
  const outcome = await patiently(python, { files, main });
  if (outcome.kind === 'lost') return outcome;
  const passed = outcome.kind === 'exited' && outcome.exitCode === 0;
  return { kind: 'ran', passed, late: outcome.kind === 'timeout' };
};

/** What one call gave. `own`: an object of a class that the guest made; `other`: something else that is no JSON. */
export type Returned =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'own' | 'other' | 'raised'; readonly type: string }
  | { readonly kind: 'exited' };

export type Answered =
  | { readonly kind: 'returned'; readonly values: readonly Returned[] }
  /** The program ended, or was ended, before it could answer. */
  | { readonly kind: 'silent'; readonly exitCode: number | null }
  | Lost;

export interface GuestCalls {
  readonly files: readonly TextFile[];
  /** Absolute path of the module, with `.py`. */
  readonly module: string;
  readonly function: string;
  /** The arguments of each call, in order. All calls are made in one process. */
  readonly calls: readonly (readonly Json[])[];
}

/** Runs in the folder of the module, as the guest did, and imports it by its name. */
const driver = ({ module, function: name, calls }: GuestCalls, nonce: string): string => `import os, sys
first = set(sys.modules)
import json
for extra in set(sys.modules) - first:
    del sys.modules[extra]
dumps, loads, write = json.dumps, json.loads, sys.stdout.write
sys.path.insert(0, ${JSON.stringify(posix.dirname(module))})
if os.path.isdir(sys.path[0]):
    os.chdir(sys.path[0])
NONE, KNOWN = type(None), (tuple, set, frozenset, dict, bytes, bytearray, complex, range, type)

def shown(value, depth=0):
    kind = type(value)
    if kind is NONE or kind is bool or kind is str:
        return ["value", value]
    if kind is int:
        return ["value", value] if abs(value) < 2 ** 53 else ["other", "int"]
    if kind is float:
        return ["value", value] if abs(value) < 1e300 else ["other", "float"]
    if kind is list and depth < 4:
        parts = [shown(item, depth + 1) for item in value]
        bad = [part for part in parts if part[0] != "value"]
        return bad[0] if bad else ["value", [part[1] for part in parts]]
    return ["other" if kind is list or kind in KNOWN else "own", str(kind.__name__)]

def outcome(call, arguments):
    try:
        return shown(call(*arguments))
    except SystemExit:
        return ["exited", ""]
    except BaseException as error:
        return ["raised", str(type(error).__name__)]

def leave(*given):
    raise SystemExit

def load():
    try:
        return getattr(__import__(${JSON.stringify(posix.basename(module, '.py'))}), ${JSON.stringify(name)})
    except SystemExit:
        return leave
    except BaseException:
        return None

call = load()
results = [outcome(call, arguments) for arguments in loads(${JSON.stringify(JSON.stringify(calls))})]
write("\\n" + ${JSON.stringify(nonce)} + dumps(results) + "\\n")
`;

const lineSchema = z.array(z.tuple([z.enum(['value', 'own', 'other', 'raised', 'exited']), jsonSchema]));

/** The guest can have written such a line itself; one that does not hold is no answer. */
const answerIn = (stdout: string, nonce: string, count: number): readonly Returned[] | null => {
  const line = stdout.split('\n').findLast((candidate) => candidate.startsWith(nonce));
  if (line === undefined) return null;
  let json: unknown;
  try {
    json = JSON.parse(line.slice(nonce.length));
  } catch {
    return null;
  }
  const parsed = lineSchema.safeParse(json);
  if (!parsed.success || parsed.data.length !== count) return null;
  return parsed.data.map(([kind, value]): Returned => {
    if (kind === 'value') return { kind, value };
    return kind === 'exited' ? { kind } : { kind, type: String(value) };
  });
};

/** What the function returns for each call, in one fresh process. */
export const runCalls = async (python: PythonRunner, given: GuestCalls): Promise<Answered> => {
  const nonce = `#${contentHash([given.files, given.calls]).slice(0, 24)} `;
  const main = `/driver-${nonce.slice(1, 9)}/main.py`;
  const outcome = await patiently(python, {
    files: [...given.files, { path: main, text: driver(given, nonce) }],
    main,
  });
  switch (outcome.kind) {
    case 'lost':
      return outcome;
    case 'timeout':
    case 'limit':
      return { kind: 'silent', exitCode: null };
    case 'exited': {
      const values = answerIn(outcome.stdout, nonce, given.calls.length);
      return values === null ? { kind: 'silent', exitCode: outcome.exitCode } : { kind: 'returned', values };
    }
  }
};
