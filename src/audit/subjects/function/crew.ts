import type { Answer, CallFault } from '../../../record/audit.ts';
import type { Example } from '../../example.ts';
import { givenUpMessage, openPatience } from '../patience.ts';
import {
  type Ending,
  endingText,
  type GraderProcess,
  type PieceOutcome,
  type ProcessOptions,
  startProcess,
} from './grader-process.ts';
import type { HandOver } from './hand-over.ts';
import { type Raw, rawFault } from './journal.ts';
import type { ExampleView, Loaded, PieceRequest, Unusable } from './protocol.ts';

/** One call, before its score is known. */
export interface CrewCall {
  readonly example: Example;
  readonly answer: Answer;
  readonly opponent: Answer | null;
}

export interface CrewOptions extends ProcessOptions {
  readonly file: string;
  readonly name: string | null;
  readonly workers: number;
  readonly timeoutMs: number;
  readonly loadMs: number;
  readonly onWarning: (message: string) => void;
}

/**
 * Processes of one grader. One works until it is clear that calls are slow, then more join. A process that is lost is replaced, and
 * the calls behind the guilty one go to another.
 */
export interface Crew extends AsyncDisposable {
  /** Starts the first process. Any number of times: the answer is kept. */
  load(): Promise<Loaded | Unusable>;
  /** One Raw for each call, in order. Rejects with the signal's reason only. */
  ask(calls: readonly CrewCall[], handOver: HandOver, signal?: AbortSignal): Promise<readonly Raw[]>;
}

/** Calls of one crossing: enough that the crossing costs nothing, few enough that a lost process loses little. */
const PIECE = 1_024;
/** When the next process is started. */
const GROW_MS = 150;
/** A grader that hung on so many calls in a row will hang on the next. */
const MOST_HUNG = 5;
/** Restarts without a single call begun. */
const MOST_LOST = 3;
/** Examples that a process keeps. */
const MOST_EXAMPLES = 20_000;

interface Member {
  readonly process: GraderProcess;
  readonly keys: Map<Example, number>;
}

const viewOf = ({ id, input, reference, options, items, workspace, fields }: Example): ExampleView => ({
  id,
  input,
  reference,
  options,
  items,
  workspace,
  fields,
});

const faultOf = (ending: Exclude<Ending, { kind: 'done' }>, timeoutMs: number): CallFault => {
  const message = endingText(ending);
  switch (ending.kind) {
    case 'hung':
      return { kind: 'hung', message: `it did not come back within ${timeoutMs} ms` };
    case 'exited':
      return { kind: ending.code === null || ending.code === 0 || ending.code === 134 ? 'died' : 'exit-code', message };
    case 'limit':
    case 'malformed':
      return { kind: ending.kind, message };
    default:
      return { kind: 'died', message };
  }
};

export const openCrew = (options: CrewOptions): Crew => {
  const { workers, timeoutMs } = options;
  const idle: Member[] = [];
  const busy = new Set<Member>();
  const waiting: (() => void)[] = [];
  let first: Promise<Loaded | Unusable> | null = null;
  let starting = 0;
  let isDisposed = false;
  let pieces = 0;
  let hungInARow = 0;
  const patience = openPatience(timeoutMs);

  const start = async (): Promise<Member | Unusable> => {
    const process = startProcess(options);
    const reply = await process.load(options.file, options.name, options.loadMs);
    if (reply.kind === 'loaded') return { process, keys: new Map() };
    await process.kill();
    return reply;
  };

  const load = (): Promise<Loaded | Unusable> => {
    first ??= (async () => {
      const process = startProcess(options);
      const reply = await process.load(options.file, options.name, options.loadMs);
      if (reply.kind === 'loaded' && !isDisposed) idle.push({ process, keys: new Map() });
      else await process.kill();
      return reply;
    })();
    return first;
  };

  const acquire = async (): Promise<Member | Unusable> => {
    for (;;) {
      const member = idle.pop();
      if (member !== undefined) {
        busy.add(member);
        return member;
      }
      if (busy.size + starting < workers) {
        starting += 1;
        try {
          const started = await start();
          if ('process' in started) busy.add(started);
          else waiting.shift()?.();
          return started;
        } finally {
          starting -= 1;
        }
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };

  const release = async (member: Member, isAlive: boolean): Promise<void> => {
    busy.delete(member);
    if (isAlive && !isDisposed) idle.push(member);
    else await member.process.kill();
    waiting.shift()?.();
  };

  const requestFor = (member: Member, calls: readonly CrewCall[], handOver: HandOver): PieceRequest => {
    const forget = member.keys.size > MOST_EXAMPLES;
    if (forget) member.keys.clear();
    const examples: [number, ExampleView][] = [];
    const keys = calls.map(({ example }) => {
      const known = member.keys.get(example);
      if (known !== undefined) return known;
      const key = member.keys.size;
      member.keys.set(example, key);
      examples.push([key, viewOf(example)]);
      return key;
    });
    const opponents = calls.every(({ opponent }) => opponent === null)
      ? null
      : calls.map(({ opponent }) => opponent ?? '');
    pieces += 1;
    return {
      kind: 'piece',
      id: pieces,
      handOver,
      forget,
      examples,
      keys,
      answers: calls.map(({ answer }) => answer),
      opponents,
    };
  };

  const ask: Crew['ask'] = async (calls, handOver, signal) => {
    signal?.throwIfAborted();
    const results: (Raw | undefined)[] = new Array<Raw | undefined>(calls.length).fill(undefined);
    /** Calls that nobody has, as [from, to). */
    const open: [number, number][] = calls.length === 0 ? [] : [[0, calls.length]];
    const left = (): number => open.reduce((sum, [from, to]) => sum + to - from, 0);
    let isGivenUp: CallFault | null = null;
    let lostInARow = 0;
    let hungHere = 0;

    const take = (): [number, number] | null => {
      const range = open.shift();
      if (range === undefined) return null;
      const [from, to] = range;
      const fair = workers === 1 ? PIECE : Math.ceil(left() / (2 * workers)) + 1;
      const size = hungInARow > 0 ? 1 : Math.min(PIECE, fair, to - from);
      if (from + size < to) open.unshift([from + size, to]);
      return [from, from + size];
    };

    const settle = (
      [from, to]: [number, number],
      { answered, begun, ending, longestMs }: PieceOutcome,
      limitMs: number,
    ): void => {
      answered.forEach((raw, index) => {
        results[from + index] = raw;
      });
      if (answered.length > 0) {
        patience.returned(longestMs, answered.length);
        hungInARow = 0;
        lostInARow = 0;
      }
      if (ending.kind === 'done') {
        for (const stray of ending.strays) options.onWarning(`the grader failed after it had answered: ${stray}`);
        return;
      }
      if (ending.kind === 'aborted') return;
      if (!begun) {
        lostInARow += 1;
        if (lostInARow >= MOST_LOST) isGivenUp = faultOf(ending, limitMs);
        open.unshift([from, to]);
        return;
      }
      const guilty = from + answered.length;
      // Lost between the last answer and the word that it was the last: nobody's fault but its own.
      if (guilty >= to) return;
      results[guilty] = { kind: 'fault', fault: faultOf(ending, limitMs) };
      if (ending.kind === 'hung') {
        hungInARow += 1;
        hungHere += 1;
        patience.hung();
      }
      if (hungInARow >= MOST_HUNG)
        isGivenUp = {
          kind: 'not-asked',
          message: `the grader hung on ${hungInARow} calls in a row; the rest was not asked`,
        };
      else if (patience.givesUp(hungHere)) isGivenUp = { kind: 'not-asked', message: givenUpMessage(hungHere) };
      if (guilty + 1 < to) open.unshift([guilty + 1, to]);
    };

    const lane = async (): Promise<void> => {
      while (isGivenUp === null && signal?.aborted !== true && !isDisposed) {
        const range = take();
        if (range === null) return;
        const member = await acquire();
        if (!('process' in member)) {
          open.unshift(range);
          isGivenUp = { kind: 'died', message: `it could not be started again: ${member.message}` };
          return;
        }
        const request = requestFor(member, calls.slice(...range), handOver);
        const { limitMs } = patience;
        const outcome = await member.process.ask(request, limitMs, signal);
        await release(member, outcome.ending.kind === 'done');
        settle(range, outcome, limitMs);
      }
    };

    const lanes: Promise<void>[] = [lane()];
    const grow = setInterval(() => {
      if (left() > 0 && lanes.length < workers) lanes.push(lane());
    }, GROW_MS);
    try {
      // Lanes are added while others work.
      for (let i = 0; i < lanes.length; i++) await lanes[i];
    } finally {
      clearInterval(grow);
    }
    signal?.throwIfAborted();
    const rest: CallFault = isGivenUp ?? { kind: 'not-asked', message: 'the grader was closed' };
    return results.map((raw) => raw ?? rawFault(rest.kind, rest.message));
  };

  return {
    load,
    ask,
    [Symbol.asyncDispose]: async () => {
      isDisposed = true;
      if (first !== null) await first;
      await Promise.all([...idle, ...busy].map(({ process }) => process.kill()));
      idle.length = 0;
    },
  };
};
