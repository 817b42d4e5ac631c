/** The thread in which a user's module runs: loads it, calls its functions within their limits, answers with data. */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../base/errors.ts';
import type { PythonOutcome, PythonRunner } from '../sandbox/python.ts';
import { checkDeclarations } from './contract.ts';
import type { Environment } from './environment.ts';
import { type Chosen, chosenExport } from './load-export.ts';
import {
  ANSWERED,
  type Answer,
  type Declarations,
  ENDED,
  type Failure,
  type FromThread,
  type ThreadSetup,
  type ToThread,
} from './load-protocol.ts';
import { callText, failureText, OTHERWISE, readSubmissions, readTasks } from './load-shape.ts';
import { busiestPlace, placeIn } from './load-where.ts';

const { file, limits, gate: shared } = workerData as ThreadSetup;
const gate = new Int32Array(shared);
let port: MessagePort | null = null;

// The module may print; standard output belongs to the command that runs it.
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;

const open = (state: number): void => {
  Atomics.store(gate, 0, state);
  Atomics.notify(gate, 0);
};
process.once('exit', () => open(ENDED));

/** Where the package is not installed beside the module, imports of it mean the one that runs. */
const SELF = /^subterfuge(?:\/|$)/;
const AUTHORING = new URL(import.meta.url.endsWith('.ts') ? '../authoring.ts' : '../authoring.js', import.meta.url)
  .href;
registerHooks({
  resolve: (specifier, context, next) => {
    if (!SELF.test(specifier)) return next(specifier, context);
    try {
      return next(specifier, context);
    } catch (thrown) {
      if (specifier === 'subterfuge/env') return { url: AUTHORING, shortCircuit: true };
      try {
        return next(specifier, { ...context, parentURL: import.meta.url });
      } catch {
        // The first error names the user's file.
        throw thrown;
      }
    }
  },
});

class Interrupted extends Error {
  readonly where: string | null;

  constructor(where: string | null) {
    super(`did not come back within ${limits.computeMs / 1000} s`);
    this.where = where;
  }
}

/** The second where the first, on a busy machine, saw nothing. */
const SAMPLES_MS = [150, 600] as const;
const CALL = Symbol.for('subterfuge/call');
const script = new Script('globalThis[Symbol.for("subterfuge/call")]()');

/** Calls `work` and interrupts it when its time is over: the only way to end a loop without ending the thread. */
const within = (work: () => unknown, timeout: number): unknown => {
  Object.defineProperty(globalThis, CALL, { value: work, configurable: true });
  return script.runInThisContext({ timeout });
};

const isTimeout = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

const limited = (work: () => unknown): unknown => {
  try {
    return within(work, limits.computeMs);
  } catch (thrown) {
    if (!isTimeout(thrown)) throw thrown;
    const [short, long] = SAMPLES_MS;
    const sample = (ms: number): string | null => busiestPlace(() => void within(work, ms));
    throw new Interrupted(sample(short) ?? sample(long));
  }
};

/** Rejects what waits for something that never comes. */
const inTime = async (promised: unknown): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const give = (): void => reject(new Error(`waited more than ${limits.gradeMs / 1000} s for something`));
    timer = setTimeout(give, limits.gradeMs);
  });
  try {
    return await Promise.race([promised, late]);
  } finally {
    clearTimeout(timer);
  }
};

const failureOf = (thrown: unknown, kind: Failure['kind']): Failure => {
  if (thrown instanceof Interrupted) return { kind: 'hung', message: thrown.message, where: thrown.where };
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : '';
  return { kind, message: messageOf(thrown), where: placeIn(stack) };
};

const loaded = import(pathToFileURL(file).href).then(
  (exported: Record<string, unknown>) => chosenExport(exported),
  (thrown: unknown): Failure => failureOf(thrown, 'module'),
);

const askedPython = new Map<number, (outcome: PythonOutcome) => void>();
let asked = 0;

const post = (message: FromThread): void => parentPort?.postMessage(message);

const pythonOf = (name: string, call: number): PythonRunner => ({
  name,
  run: (program) =>
    new Promise((resolve) => {
      asked++;
      askedPython.set(asked, resolve);
      post({ kind: 'python', id: asked, call, program });
    }),
  [Symbol.asyncDispose]: () => Promise.resolve(),
});

/** Only its tasks and submissions are called here. */
const unread = (): Promise<never> => Promise.reject(new Error('no rollout is graded here'));

const checked = ({ declared, functions }: Chosen, guard: (call: () => unknown) => unknown): Declarations => {
  const { contrast: _contrast, proxy, intent, labels, ...rest } = declared;
  const context = { python: pythonOf('none', 0) };
  const read = <T>(what: string, call: () => unknown, of: (value: unknown) => T | string): T => {
    let value: unknown;
    try {
      value = guard(call);
    } catch (thrown) {
      throw new Error(`${declared.name}: ${what} ${failureText(failureOf(thrown, 'threw'))}`);
    }
    const given = of(value);
    if (typeof given === 'string') throw new Error(`${declared.name}: ${what} ${OTHERWISE} ${given}`);
    return given;
  };
  const environment: Environment = {
    ...rest,
    tasks: (choice) =>
      read(
        callText(choice),
        () => functions.tasks(choice, context),
        (value) => readTasks(value, declared.name, choice),
      ),
    submissions: (task) => read('submissions', () => functions.submissions(task, context), readSubmissions),
    proxy: { ...proxy, channel: 'proxy', grade: unread },
    intent: { ...intent, channel: 'intent', grade: unread },
    labels: { ...labels, label: unread },
  };
  try {
    return { problems: checkDeclarations(environment), whole: true };
  } catch (thrown) {
    return { problems: [messageOf(thrown)], whole: false };
  }
};

/** A guard takes longer than a task: all are made under one, and only where that is not enough each under its own. */
const declarationsOf = (found: Chosen): Declarations => {
  const made: Declarations[] = [];
  try {
    within(() => made.push(checked(found, (call) => call())), 2 * limits.computeMs);
  } catch (thrown) {
    if (!isTimeout(thrown)) throw thrown;
  }
  return made[0] ?? checked(found, limited);
};

const answerTo = async (
  message: Extract<ToThread, { kind: 'call' | 'describe' | 'declarations' }>,
): Promise<Answer> => {
  const { id } = message;
  const found = await loaded;
  if ('kind' in found) return { id, failure: found };
  if (message.kind === 'describe') return { id, value: found.declared };
  if (message.kind === 'declarations') return { id, value: declarationsOf(found) };
  try {
    const context = { python: pythonOf(message.python, id) };
    const given = limited(() => found.functions[message.function](message.argument, context));
    if (!message.waits) return { id, value: await inTime(given) };
    if (given instanceof Promise) {
      return { id, failure: { kind: 'data', message: 'gave a promise; it must give its value at once', where: null } };
    }
    return { id, value: given };
  } catch (thrown) {
    return { id, failure: failureOf(thrown, 'threw') };
  }
};

const send = (answer: Answer, waits: boolean): void => {
  if (waits) port?.postMessage(answer);
  else post({ kind: 'answer', ...answer });
  if (waits) open(ANSWERED);
};

const serve = async (message: Extract<ToThread, { kind: 'call' | 'describe' | 'declarations' }>): Promise<void> => {
  const waits = message.kind === 'call' && message.waits;
  const answer = await answerTo(message);
  try {
    send(answer, waits);
  } catch (thrown) {
    // A function, a class: it cannot be cloned.
    const what = `gave something that is no plain data: ${messageOf(thrown)}`;
    send({ id: message.id, failure: { kind: 'data', message: what, where: null } }, waits);
  }
};

parentPort?.on('message', (message: ToThread) => {
  switch (message.kind) {
    case 'port':
      port = message.port;
      return;
    case 'python':
      askedPython.get(message.id)?.(message.outcome);
      askedPython.delete(message.id);
      return;
    default:
      void serve(message);
  }
});
