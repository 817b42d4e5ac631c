/**
 * The process of a grader: loads one function, answers pieces of calls, keeps nothing of them. Imports nothing outside this folder, since
 * that is all of ours that it may read. What it needs is taken before the grader's code runs, which may change any global.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { argumentsFor, type Prepared, prepare } from './arguments.ts';
import { type Found, findExport } from './find-export.ts';
import { loadModule } from './loading.ts';
import {
  type ExampleView,
  type FromGrader,
  JOURNAL_FD,
  type LoadRequest,
  type PieceRequest,
  type ToGrader,
} from './protocol.ts';
import { encodeReturned, type Returned } from './returned.ts';

const sendToHost = process.send?.bind(process);
if (sendToHost === undefined) throw new Error('audit/subjects/function/worker.ts is started by grader-process.ts only');
const send = (message: FromGrader): void => {
  sendToHost(message);
};
const { exit } = process;
process.on('disconnect', () => exit.call(process, 0));
Reflect.deleteProperty(process, 'send');
process.kill = (pid: number, signal?: string | number): true => {
  // The permission model does not cover it, and the host is another process.
  throw Object.assign(new Error(`process.kill(${pid}, ${signal}) is not allowed to a grader`), {
    code: 'ERR_ACCESS_DENIED',
  });
};

const stringify = JSON.stringify;
const MOST_MESSAGE = 1_000;
const MOST_SOURCE = 20_000;
const MOST_STRAYS = 5;

const messageOf = (thrown: unknown): string => {
  try {
    if (!(thrown instanceof Error)) return String(thrown).slice(0, MOST_MESSAGE);
    const code: unknown = Reflect.get(thrown, 'code');
    return `${thrown.name}${typeof code === 'string' ? ` [${code}]` : ''}: ${thrown.message}`.slice(0, MOST_MESSAGE);
  } catch {
    return 'something that cannot be shown';
  }
};

/** Of a syntax error the place stands in the first line of the stack. */
const loadErrorOf = (thrown: unknown): string => {
  const place = thrown instanceof Error ? (/^(?:file:\/\/)?\/\S+:\d+/.exec(thrown.stack ?? '')?.[0] ?? null) : null;
  return place === null ? messageOf(thrown) : `${messageOf(thrown)} (${place})`;
};

/** Where a call's rejections and exceptions go that nobody catches. */
interface Running {
  readonly piece: number;
  readonly index: number;
  /** While its promise is waited for. */
  fail: ((thrown: unknown) => void) | null;
}

let grader: Found | null = null;
let copies = false;
let piece = -1;
let journalEnd = 0;
let strays: string[] = [];
const views = new Map<number, ExampleView>();
const prepared = new Map<number, Prepared>();
const running = new AsyncLocalStorage<Running>();

type Line =
  | readonly [index: number, value: Returned]
  | readonly [index: number, null, 'threw' | 'late', string]
  | readonly ['begin'];

const journal = (line: Line): void => {
  journalEnd += writeSync(JOURNAL_FD, `${stringify(line)}\n`, journalEnd);
};

const onUncaught = (thrown: unknown): void => {
  const call = running.getStore();
  if (call === undefined || call.piece !== piece) {
    if (strays.length < MOST_STRAYS) strays.push(messageOf(thrown));
  } else if (call.fail !== null) call.fail(thrown);
  else journal([call.index, null, 'late', messageOf(thrown)]);
};
process.on('unhandledRejection', onUncaught);
process.on('uncaughtException', onUncaught);

const preparedFor = (key: number): Prepared => {
  const known = prepared.get(key);
  if (known !== undefined) return known;
  const view = views.get(key);
  if (view === undefined) throw new Error(`example ${key} was never sent`);
  const made = prepare(view, copies);
  prepared.set(key, made);
  return made;
};

const FROZEN = /read only property|object is not extensible|Cannot (?:add|delete|redefine|assign)/;

const invoke = (found: Found, request: PieceRequest, index: number): unknown => {
  const key = request.keys[index] ?? -1;
  const answer = request.answers[index] ?? '';
  const opponent = request.opponents?.[index] ?? null;
  const call = (): unknown => {
    const id = views.get(key)?.id ?? '';
    return found.call(argumentsFor(request.handOver, preparedFor(key), id, answer, opponent));
  };
  if (copies || !preparedFor(key).isFrozen) return call();
  const again = (thrown: unknown): unknown => {
    if (!(thrown instanceof TypeError && FROZEN.test(thrown.message))) throw thrown;
    // It writes to its arguments: it gets its own from now on.
    copies = true;
    prepared.clear();
    return call();
  };
  try {
    const result = call();
    return isThenable(result) ? Promise.resolve(result).catch(again) : result;
  } catch (thrown) {
    return again(thrown);
  }
};

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

const answer = (found: Found, request: PieceRequest, state: Running): void | Promise<void> => {
  const { index } = state;
  const threw = (thrown: unknown): void => {
    state.fail = null;
    journal([index, null, 'threw', messageOf(thrown)]);
  };
  const gave = (value: unknown): void => {
    state.fail = null;
    const encoded = encodeReturned(value);
    journal([index, encoded]);
  };
  try {
    const result = invoke(found, request, index);
    if (!isThenable(result)) return gave(result);
    const failed = new Promise<never>((_, reject) => {
      state.fail = reject;
    });
    return Promise.race([result, failed]).then(gave).catch(threw);
  } catch (thrown) {
    threw(thrown);
  }
};

const run = async (request: PieceRequest): Promise<void> => {
  if (request.forget) {
    views.clear();
    prepared.clear();
  }
  for (const [key, view] of request.examples) views.set(key, view);
  piece = request.id;
  journalEnd = 0;
  strays = [];
  journal(['begin']);
  if (grader === null) throw new Error('a piece before its grader');
  const found = grader;
  for (let index = 0; index < request.keys.length; index++) {
    const state: Running = { piece, index, fail: null };
    const waiting = running.run(state, answer, found, request, state);
    // Only where the grader is asynchronous: a turn of the loop for each call would cost more than most calls.
    if (waiting !== undefined) await waiting;
  }
  // What the last calls left to be rejected comes now, while it can still be told whose it is.
  await setImmediate();
  send({ kind: 'done', id: request.id, strays });
};

const load = async (request: LoadRequest): Promise<void> => {
  try {
    const loading = await loadModule(request.file);
    const found = findExport(loading.namespace, request.name);
    if (found.kind === 'unusable') {
      send(found);
      return;
    }
    grader = found;
    copies = loading.isSloppy;
    const { name, source, arity } = found;
    send({ kind: 'loaded', name, source: source.slice(0, MOST_SOURCE), arity, files: loading.files });
  } catch (thrown) {
    send({ kind: 'unusable', code: 'unreadable-grader', message: loadErrorOf(thrown), exports: [] });
  }
};

process.on('message', (message: ToGrader) => {
  const work = message.kind === 'load' ? load(message) : run(message);
  // A bug of ours: the host sees the process end, and the calls that are left become faults.
  work.catch(() => exit.call(process, 70));
});
