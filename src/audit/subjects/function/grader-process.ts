import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { messageOf, unreachable } from '../../../base/errors.ts';
import { residentMb } from '../../../sandbox/resident-memory.ts';
import { type Journal, openJournal, type Raw } from './journal.ts';
import {
  type FromGrader,
  isFromGrader,
  type Loaded,
  type PieceRequest,
  type ToGrader,
  type Unusable,
} from './protocol.ts';

/** How a piece ended that was not answered to its end. The first call without an answer is the guilty one. */
export type Ending =
  | { readonly kind: 'done'; readonly strays: readonly string[] }
  | { readonly kind: 'hung' }
  | { readonly kind: 'limit'; readonly message: string }
  | { readonly kind: 'exited'; readonly code: number | null; readonly signal: string | null }
  | { readonly kind: 'malformed'; readonly message: string }
  | { readonly kind: 'aborted' };

export interface PieceOutcome {
  readonly answered: readonly Raw[];
  /** False: the grader was not asked at all. */
  readonly begun: boolean;
  readonly ending: Ending;
  /** No call that came back took longer, to the pace of the watch. */
  readonly longestMs: number;
}

/** One process of a grader. `ask` one piece at a time; after an ending that is not `done` it is dead. */
export interface GraderProcess {
  load(file: string, name: string | null, limitMs: number): Promise<Loaded | Unusable>;
  ask(request: PieceRequest, timeoutMs: number, signal?: AbortSignal): Promise<PieceOutcome>;
  kill(): Promise<void>;
}

export interface ProcessOptions {
  readonly cwd: string;
  /** Of node: permissions. */
  readonly flags: readonly string[];
  /** The whole environment of the grader, but for what keeps its results the same everywhere. */
  readonly env: Readonly<Record<string, string>>;
  /** JavaScript heap. */
  readonly heapMb: number;
  /** Resident memory at which it is killed, where the system tells (Linux). */
  readonly residentMb: number;
}

export const WORKER_FILE = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url),
);

const WATCH_MS = 50;
const JOURNAL_BYTES = 67_108_864;
const ENUMS = '--experimental-transform-types';

const commandFor = ({ flags, heapMb }: ProcessOptions): readonly [string, readonly string[]] => {
  // TypeScript that is more than erasable types, where this Node can.
  const enums = process.allowedNodeEnvironmentFlags.has(ENUMS) ? [ENUMS] : [];
  const node = [`--max-old-space-size=${heapMb}`, ...enums, ...flags, WORKER_FILE];
  // Should the host be killed while a grader's loop holds its process, the kernel ends it.
  const setpriv = '/usr/bin/setpriv';
  return process.platform === 'linux' && existsSync(setpriv)
    ? [setpriv, ['--pdeathsig', 'KILL', '--', process.execPath, ...node]]
    : [process.execPath, node];
};

const hold = (child: ChildProcess, isHeld: boolean): void => {
  if (isHeld) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
};

export const startProcess = (options: ProcessOptions): GraderProcess => {
  const journal: Journal = openJournal();
  const [command, args] = commandFor(options);
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { TZ: 'UTC', NODE_NO_WARNINGS: '1', ...options.env },
    // What it prints goes nowhere: a flood costs nothing, and a terminal is not a stranger's to write to.
    stdio: ['ignore', 'ignore', 'ignore', journal.fd, 'ipc'],
    serialization: 'advanced',
  });
  let exit: Ending | null = null;
  let onMessage: (message: FromGrader) => void = () => undefined;
  let onEnd: (ending: Ending) => void = () => undefined;
  const end = (ending: Ending): void => {
    exit ??= ending;
    onEnd(exit);
  };
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      end({ kind: 'exited', code, signal });
      resolve();
    });
    child.once('error', (error) => {
      end({ kind: 'malformed', message: messageOf(error) });
      if (child.pid === undefined) resolve();
    });
  });
  child.on('message', (message: unknown) => {
    if (isFromGrader(message)) onMessage(message);
  });
  hold(child, false);

  const stop = (ending: Ending): void => {
    child.kill('SIGKILL');
    end(ending);
  };
  const send = (message: ToGrader): void => {
    child.send(message, (error) => {
      if (error !== null) stop({ kind: 'malformed', message: messageOf(error) });
    });
  };

  /** Waits for what the process says or how it ends, watched by `watch`. */
  const exchange = async <T>(
    message: ToGrader,
    accept: (reply: FromGrader) => T | null,
    watch: () => Ending | null,
    signal: AbortSignal | undefined,
  ): Promise<T | Ending> => {
    if (exit !== null) return exit;
    const onAbort = (): void => stop({ kind: 'aborted' });
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<T | Ending>((resolve) => {
        onEnd = resolve;
        onMessage = (reply) => {
          const accepted = accept(reply);
          if (accepted !== null) resolve(accepted);
        };
        timer = setInterval(() => {
          const ending = watch();
          if (ending !== null) stop(ending);
        }, WATCH_MS);
        hold(child, true);
        signal?.addEventListener('abort', onAbort, { once: true });
        if (signal?.aborted === true) onAbort();
        else send(message);
      });
    } finally {
      clearInterval(timer);
      signal?.removeEventListener('abort', onAbort);
      onEnd = () => undefined;
      onMessage = () => undefined;
      hold(child, false);
    }
  };

  const memory = (): Ending | null =>
    residentMb(child.pid) > options.residentMb
      ? { kind: 'limit', message: `it took more than ${options.residentMb} MB of memory` }
      : null;

  return {
    load: async (file, name, limitMs) => {
      const until = performance.now() + limitMs;
      const reply = await exchange(
        { kind: 'load', file, name },
        (message) => (message.kind === 'loaded' || message.kind === 'unusable' ? message : null),
        () => memory() ?? (performance.now() > until ? { kind: 'hung' } : null),
        undefined,
      );
      if (reply.kind === 'loaded' || reply.kind === 'unusable') return reply;
      return {
        kind: 'unusable',
        code: 'unreadable-grader',
        message: `while it was loaded, ${endingText(reply)}`,
        exports: [],
      };
    },
    ask: async (request, timeoutMs, signal) => {
      journal.restart();
      let seen = -1;
      let since = performance.now();
      let longestMs = 0;
      const read = (): Ending | null => {
        try {
          journal.read();
          return null;
        } catch (thrown) {
          return { kind: 'malformed', message: `it wrote into the channel of its answers: ${messageOf(thrown)}` };
        }
      };
      const watch = (): Ending | null => {
        const wrong = read() ?? memory();
        if (wrong !== null) return wrong;
        if (journal.bytes > JOURNAL_BYTES) return { kind: 'limit', message: 'it wrote too much' };
        const progress = journal.answered.length + (journal.begun ? 1 : 0);
        if (progress > seen) {
          seen = progress;
          longestMs = Math.max(longestMs, performance.now() - since);
          since = performance.now();
        }
        // All answered: what is late is the message that says so.
        const isWaiting = journal.begun && journal.answered.length < request.keys.length;
        return isWaiting && performance.now() - since > timeoutMs ? { kind: 'hung' } : null;
      };
      const reply = await exchange(
        request,
        (message) => (message.kind === 'done' && message.id === request.id ? message : null),
        watch,
        signal,
      );
      // The last lines; of a process that was lost they count as well.
      const wrong = read();
      const isShort = journal.answered.length !== request.keys.length;
      const lie: Ending = { kind: 'malformed', message: 'it said that it was done and was not' };
      const ending: Ending = reply.kind === 'done' ? (wrong ?? (isShort ? lie : reply)) : reply;
      if (ending.kind === 'done') longestMs = Math.max(longestMs, performance.now() - since);
      else stop(ending);
      return { answered: journal.answered.slice(0, request.keys.length), begun: journal.begun, ending, longestMs };
    },
    kill: async () => {
      hold(child, true);
      stop({ kind: 'aborted' });
      await gone;
      journal.close();
    },
  };
};

/** In words, for the message of a fault. */
export const endingText = (ending: Ending): string => {
  switch (ending.kind) {
    case 'done':
      return 'it ended';
    case 'hung':
      return 'it did not come back in time';
    case 'aborted':
      return 'it was stopped';
    case 'limit':
    case 'malformed':
      return ending.message;
    case 'exited':
      if (ending.signal === 'SIGABRT' || ending.code === 134)
        return 'its process was aborted: out of memory, or abort()';
      return `its process ended with ${ending.code === null ? ending.signal : `exit code ${ending.code}`}`;
    default:
      return unreachable(ending);
  }
};
