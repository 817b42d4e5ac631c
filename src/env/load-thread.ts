/**
 * A thread for a user's module, seen from the host. A call that hangs costs the thread and nothing else: the next one gets a
 * fresh thread. It starts when first needed and keeps the process alive only while a call is under way. No boundary of
 * security: the module may do whatever its user may.
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { messageOf } from '../base/errors.ts';
import type { PythonRunner } from '../sandbox/python.ts';
import {
  ANSWERED,
  type Answer,
  type CallLimits,
  ENDED,
  type Failure,
  type FromThread,
  type FunctionName,
  type ThreadSetup,
  type ToThread,
} from './load-protocol.ts';

/** What a call came to. */
export type Called = { readonly value: unknown } | { readonly failure: Failure };

export interface ModuleThread {
  describe(): Promise<Called>;
  /** Gives `Declarations`. */
  declarations(): Promise<Called>;
  /** Holds this thread until the answer is there. */
  now(name: FunctionName, argument: unknown): Called;
  later(name: FunctionName, argument: unknown, python: PythonRunner): Promise<Called>;
  close(): void;
}

interface Open {
  readonly worker: Worker;
  readonly gate: Int32Array<SharedArrayBuffer>;
  readonly port: MessagePort;
  readonly waiting: Map<number, { readonly settle: (called: Called) => void; readonly python: PythonRunner | null }>;
  /** Something has been answered, so the module is loaded. */
  ready: boolean;
}

const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './load-entry.ts' : './load-entry.js', import.meta.url);

/** Tasks by the thousand; each call has its own limit. */
const DECLARATIONS_MS = 3_600_000;

const hung = (message: string): Called => ({ failure: { kind: 'hung', message, where: null } });
const calledOf = (answer: Answer): Called =>
  'failure' in answer ? { failure: answer.failure } : { value: answer.value };

export const moduleThread = (file: string, limits: CallLimits): ModuleThread => {
  let open: Open | null = null;
  let ids = 0;

  const start = (): Open => {
    const gate = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const { port1, port2 } = new MessageChannel();
    const setup: ThreadSetup = { file, limits, gate };
    const worker = new Worker(ENTRY, { workerData: setup });
    const thread: Open = { worker, gate: new Int32Array(gate), port: port1, waiting: new Map(), ready: false };
    worker.postMessage({ kind: 'port', port: port2 } satisfies ToThread, [port2]);
    port1.unref();
    worker.unref();
    worker.on('message', (message: FromThread) => hear(thread, message));
    worker.on('error', (thrown) => lose(thread, `its thread ended: ${messageOf(thrown)}`));
    worker.on('exit', (code) => lose(thread, `its thread ended with code ${code}`));
    return thread;
  };

  const current = (): Open => {
    open ??= start();
    return open;
  };

  const settle = (thread: Open, id: number, called: Called): void => {
    const one = thread.waiting.get(id);
    thread.waiting.delete(id);
    if (thread.waiting.size === 0) thread.worker.unref();
    one?.settle(called);
  };

  const hear = (thread: Open, message: FromThread): void => {
    if (message.kind === 'answer') {
      thread.ready = true;
      settle(thread, message.id, calledOf(message));
      return;
    }
    const { id, call, program } = message;
    const runner = thread.waiting.get(call)?.python;
    const lost = (why: string) => ({ kind: 'lost', message: why }) as const;
    const outcome =
      runner === null || runner === undefined ? Promise.resolve(lost('no call asks')) : runner.run(program);
    void outcome
      .catch((thrown: unknown) => lost(messageOf(thrown)))
      .then((given) => thread.worker.postMessage({ kind: 'python', id, outcome: given } satisfies ToThread));
  };

  /** Ends a thread and everything that waits for it. */
  const lose = (thread: Open, why: string): void => {
    if (open === thread) open = null;
    for (const id of [...thread.waiting.keys()]) settle(thread, id, hung(why));
    thread.port.close();
    void thread.worker.terminate();
  };

  const ask = (
    message: ToThread & { readonly id: number },
    python: PythonRunner | null,
    timeMs: number,
  ): Promise<Called> =>
    new Promise((resolve) => {
      const thread = current();
      const late = setTimeout(() => lose(thread, `did not come back within ${timeMs / 1000} s`), timeMs);
      thread.waiting.set(message.id, {
        python,
        settle: (called) => {
          clearTimeout(late);
          resolve(called);
        },
      });
      thread.worker.ref();
      thread.worker.postMessage(message);
    });

  const timeFor = (thread: Open, callMs: number): number =>
    callMs + limits.graceMs + (thread.ready ? 0 : limits.loadMs);

  return {
    describe: () => {
      ids++;
      return ask({ kind: 'describe', id: ids }, null, limits.loadMs);
    },
    declarations: () => {
      ids++;
      return ask({ kind: 'declarations', id: ids }, null, DECLARATIONS_MS);
    },
    now: (name, argument) => {
      const thread = current();
      ids++;
      Atomics.store(thread.gate, 0, 0);
      thread.worker.postMessage({
        kind: 'call',
        id: ids,
        function: name,
        argument,
        waits: true,
        python: 'none',
      } satisfies ToThread);
      Atomics.wait(thread.gate, 0, 0, timeFor(thread, limits.computeMs));
      const state = Atomics.load(thread.gate, 0);
      if (state !== ANSWERED) {
        const why = state === ENDED ? 'it ended its thread' : `did not come back within ${limits.computeMs / 1000} s`;
        lose(thread, why);
        return hung(why);
      }
      thread.ready = true;
      const received = receiveMessageOnPort(thread.port) as { readonly message: Answer } | undefined;
      return received === undefined ? hung('its answer was lost') : calledOf(received.message);
    },
    later: (name, argument, python) => {
      ids++;
      const call = { kind: 'call', function: name, argument, waits: false, python: python.name } as const;
      return ask({ ...call, id: ids }, python, timeFor(current(), limits.gradeMs + limits.computeMs));
    },
    close: () => {
      if (open !== null) lose(open, 'it was closed');
    },
  };
};
