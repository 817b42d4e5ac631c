import { type ChildProcess, spawn } from 'node:child_process';
import { messageOf } from '../../../base/errors.ts';
import type { Launch } from './enclosure.ts';

/** How a process ended. `failure`: it could not be started. */
export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  readonly failure: string | null;
}

export interface Child {
  /** Never waits: what the process does not read yet is kept here. */
  write(text: string): void;
  endInput(): void;
  /** With everything that it started, as far as the system can tell. */
  kill(): void;
  /** After the last line was handed on. Never rejects. */
  readonly ended: Promise<Ending>;
  /** The last of what it printed as an error. */
  stderrTail(): string;
  /** Whether our process waits for this one before it ends. */
  hold(held: boolean): void;
}

export interface ChildHandlers {
  readonly onLine: (line: string) => void;
  /** A line longer than `lineChars`: it will never be read. */
  readonly onFlood: () => void;
  readonly lineChars: number;
}

const TAIL_CHARS = 4_000;
/** A child of the process can hold its pipes open for ever; what it wrote before it ended has come by then. */
const DRAIN_MS = 500;

/** A process that is spoken to in lines of UTF-8 text. */
export const startChild = (launch: Launch, handlers: ChildHandlers): Child => {
  const child = spawn(launch.file, launch.args, {
    cwd: launch.cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own, so that it can be killed with its children.
    detached: !launch.enclosed,
    ...(launch.env === null ? {} : { env: launch.env }),
    ...(launch.user ?? {}),
  });
  let tail = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-TAIL_CHARS);
  });
  readLines(child, handlers);
  // A process that has ended reads nothing more: its ending says so.
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => undefined);
  return {
    write: (text) => {
      if (child.stdin.writable) child.stdin.write(text);
    },
    endInput: () => {
      child.stdin.end();
    },
    kill: () => killAll(child, launch.enclosed),
    ended: endOf(child, launch.enclosed),
    stderrTail: () => tail.trim(),
    hold: (held) => holdProcess(child, held),
  };
};

const readLines = (child: ChildProcess, { onLine, onFlood, lineChars }: ChildHandlers): void => {
  let parts: string[] = [];
  let chars = 0;
  let flooded = false;
  const take = (text: string): void => {
    parts.push(text);
    chars += text.length;
    if (chars <= lineChars) return;
    flooded = true;
    parts = [];
    onFlood();
  };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0 && !flooded; at = text.indexOf('\n', from)) {
      take(text.slice(from, at));
      from = at + 1;
      if (flooded) return;
      const line = parts.length === 1 ? (parts[0] ?? '') : parts.join('');
      parts = [];
      chars = 0;
      onLine(line);
    }
    if (!flooded && from < text.length) take(text.slice(from));
  });
  // The last line of a process need not end in a line break.
  child.stdout?.on('end', () => {
    if (!flooded && chars > 0) onLine(parts.join(''));
  });
};

const endOf = (child: ChildProcess, enclosed: boolean): Promise<Ending> =>
  new Promise((resolve) => {
    let failure: string | null = null;
    let drain: NodeJS.Timeout | null = null;
    const settle = (code: number | null, signal: string | null): void => {
      if (drain !== null) clearTimeout(drain);
      // What it left running in its group must not outlive it.
      if (!enclosed) killAll(child, enclosed);
      resolve({ code, signal, failure });
    };
    child.on('error', (error) => {
      failure ??= messageOf(error);
      if (child.pid === undefined) settle(null, null);
    });
    child.on('exit', (code, signal) => {
      drain = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        settle(code, signal);
      }, DRAIN_MS);
    });
    child.on('close', (code, signal) => settle(code, signal));
  });

const killAll = (child: ChildProcess, enclosed: boolean): void => {
  if (child.pid === undefined) return;
  if (enclosed) {
    child.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ESRCH: the group is gone, which is what was wanted.
    child.kill('SIGKILL');
  }
};

const holdProcess = (child: ChildProcess, held: boolean): void => {
  const streams = [child.stdin, child.stdout, child.stderr];
  for (const handle of [child, ...streams]) {
    if (handle === null) continue;
    const method: unknown = Reflect.get(handle, held ? 'ref' : 'unref');
    if (typeof method === 'function') Reflect.apply(method, handle, []);
  }
};

/** Exit codes above 128 are signals, as shells and bubblewrap say it. */
const SIGNALS_FROM = 128;

/** How it ended, in words, and whether it was lost (a signal) or ended by itself with a code. */
export const wordsOf = ({ code, signal, failure }: Ending): { readonly lost: boolean; readonly words: string } => {
  if (failure !== null) return { lost: true, words: `it could not be started: ${failure}` };
  if (signal !== null) return { lost: true, words: `it was ended by ${signal}` };
  if (code !== null && code > SIGNALS_FROM && code < SIGNALS_FROM + 65) {
    return { lost: true, words: `it was ended by signal ${code - SIGNALS_FROM}` };
  }
  return { lost: false, words: `it ended with exit code ${code ?? 'unknown'}` };
};
