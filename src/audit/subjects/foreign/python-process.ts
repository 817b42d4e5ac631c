import { z } from 'zod';
import { messageOf } from '../../../base/errors.ts';
import type { CallFault, Graded } from '../../../record/audit.ts';
import { type Child, startChild, wordsOf } from './child.ts';
import type { Launch } from './enclosure.ts';
import { faulty } from './faulty.ts';
import { parseLooseJson } from './loose-json.ts';

/** What to load; the first line to the worker. */
export interface LoadRequest {
  readonly path: string;
  readonly root: string;
  /** Dotted where the file is part of a package. */
  readonly module: string;
  readonly name: string | null;
  readonly signature: 'auto' | 'positional' | 'object' | 'trl' | 'verifiers';
  /** Null: as the parameters say. */
  readonly form: string | null;
  /** Names of the examples' other columns. */
  readonly columns: readonly string[];
}

/** What was loaded, and how it is called. */
export interface Loaded {
  readonly ok: true;
  readonly python: string;
  /** `batch`: with lists, for many calls at once. */
  readonly shape: 'batch' | 'names' | 'positional' | 'object';
  readonly needsReference: boolean;
  readonly pairwise: boolean;
  /** Files of all modules that it had imported. */
  readonly modules: readonly string[];
}

export interface NotLoaded {
  readonly ok: false;
  /** Of an error, or `hung` or `died`. */
  readonly code: string;
  readonly message: string;
  /** What it could have been called, where that is the matter. */
  readonly names: readonly string[];
}

export type LoadResult = Loaded | NotLoaded;

const loadedSchema: z.ZodType<LoadResult> = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    python: z.string(),
    shape: z.enum(['batch', 'names', 'positional', 'object']),
    needsReference: z.boolean(),
    pairwise: z.boolean(),
    modules: z.array(z.string()),
  }),
  z.object({ ok: z.literal(false), code: z.string(), message: z.string(), names: z.array(z.string()) }),
]);

const resultSchema = z.union([
  z.strictObject({ value: z.unknown() }),
  z.strictObject({ fault: z.enum(['threw', 'malformed', 'exit']), message: z.string() }),
]);

/** How a batch ended: all calls answered, or the first that was not is to blame. */
export type BatchEnd = { readonly kind: 'done' } | { readonly kind: 'cut'; readonly fault: CallFault };

export interface PythonProcess {
  readonly loaded: Promise<LoadResult>;
  /** Whether it can be asked: it loaded and lives. */
  readonly alive: boolean;
  /** Hands on one result for each call, in order, until the batch is done or cut. One batch at a time. */
  ask(line: string, calls: number, timeoutMs: number, onResult: (result: CallResult) => void): Promise<BatchEnd>;
  /** Numbers of the examples that it was sent. */
  readonly knows: Set<number>;
  kill(): void;
  readonly ended: Promise<unknown>;
}

/** What one call returned, as plain data, or how it failed. */
export type CallResult = { readonly value: unknown } | { readonly fault: Graded };

/** Null: not a line of ours. */
export const readResult = (line: string): CallResult | null => {
  let raw: unknown;
  try {
    raw = parseLooseJson(line);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
  const result = resultSchema.safeParse(raw);
  if (!result.success) return null;
  if (!('fault' in result.data)) return { value: result.data.value };
  const { fault, message } = result.data;
  return { fault: faulty(fault === 'exit' ? 'exit-code' : fault, message) };
};

const LINE_CHARS = 16_777_216;

interface Asked {
  left: number;
  readonly timeoutMs: number;
  timer: NodeJS.Timeout;
  readonly onResult: (result: CallResult) => void;
  readonly settle: (end: BatchEnd) => void;
}

const cut = (kind: CallFault['kind'], message: string): BatchEnd => ({ kind: 'cut', fault: { kind, message } });

/** Starts a worker and has it load the grader; `loadMs` is for that. */
export const startPython = (launch: Launch, request: LoadRequest, loadMs: number): PythonProcess => {
  let asked: Asked | null = null;
  const now: { loading: boolean; alive: boolean } = { loading: true, alive: false };
  const { promise: loaded, resolve } = Promise.withResolvers<LoadResult>();

  const settleLoad = (result: LoadResult): void => {
    if (!now.loading) return;
    now.loading = false;
    clearTimeout(loadTimer);
    now.alive = result.ok;
    resolve(result);
    if (result.ok) child.hold(false);
    else child.kill();
  };
  const finish = (end: BatchEnd): void => {
    if (asked === null) return;
    const { timer, settle } = asked;
    clearTimeout(timer);
    asked = null;
    if (end.kind === 'cut') {
      now.alive = false;
      child.kill();
    } else child.hold(false);
    settle(end);
  };
  const onLine = (line: string): void => {
    if (now.loading) {
      settleLoad(readLoaded(line));
      return;
    }
    if (asked === null) return;
    const result = readResult(line);
    if (result === null) {
      finish(cut('malformed', `the worker said what is no result: ${line.slice(0, 100)}`));
      return;
    }
    asked.onResult(result);
    asked.left -= 1;
    if (asked.left === 0) finish({ kind: 'done' });
    else asked.timer.refresh();
  };
  const child: Child = startChild(launch, {
    onLine,
    onFlood: () => finish(cut('limit', `it wrote a line of more than ${LINE_CHARS} characters`)),
    lineChars: LINE_CHARS,
  });
  const loadTimer = setTimeout(
    () => settleLoad({ ok: false, code: 'hung', message: `it did not load within ${loadMs} ms`, names: [] }),
    loadMs,
  );
  const watch = async (): Promise<void> => {
    const ending = await child.ended;
    now.alive = false;
    const { lost, words } = wordsOf(ending);
    const said = child.stderrTail();
    const message = said === '' ? words : `${words}: ${said}`;
    settleLoad({ ok: false, code: 'died', message, names: [] });
    // With code 0 it went without a word, in the middle of a call.
    finish(cut(lost || ending.code === 0 ? 'died' : 'exit-code', message));
  };
  const ended = watch();
  child.write(`${JSON.stringify(request)}\n`);

  return {
    loaded,
    get alive() {
      return now.alive;
    },
    knows: new Set(),
    ended,
    kill: () => {
      now.alive = false;
      // Whoever waits for its end must live to see it.
      child.hold(true);
      child.kill();
    },
    ask: (line, calls, timeoutMs, onResult) =>
      new Promise((settle) => {
        if (!now.alive) {
          settle(cut('died', 'the worker was gone before it was asked'));
          return;
        }
        child.hold(true);
        const timer = setTimeout(
          () => finish(cut('hung', `it gave no answer within ${timeoutMs} ms and was ended`)),
          timeoutMs,
        );
        asked = { left: calls, timeoutMs, timer, onResult, settle };
        child.write(`${line}\n`);
      }),
  };
};

const readLoaded = (line: string): LoadResult => {
  try {
    return loadedSchema.parse(JSON.parse(line));
  } catch (thrown) {
    return {
      ok: false,
      code: 'died',
      message: `the worker did not start as it should: ${messageOf(thrown)}`,
      names: [],
    };
  }
};
