import { onnxRuntime, type Runtime, type Session } from '../onnx/session.ts';

/**
 * ONNX Runtime takes the whole process down (SIGABRT, exit code 134) when its thread is ended inside a call. So every
 * call of a thread goes through a gate in shared memory: the host can see whether one is under way and can keep the next
 * from beginning, also in the `exit` event of the process, when no message arrives any more.
 */
export type GateMemory = Int32Array<SharedArrayBuffer>;

const BUSY = 0;
const WISH = 1;
/** Wishes of the host. Closing: sessions may be released and nothing else. Frozen: nothing. */
const OPEN = 0;
const CLOSING = 1;
const FROZEN = 2;

/** Longer than any call takes: past it, the process ends as it can. */
const PATIENCE_MS = 60_000;

const known = new Set<GateMemory>();

const freezeAll = (): void => {
  for (const gate of known) Atomics.store(gate, WISH, FROZEN);
  for (const gate of known) Atomics.wait(gate, BUSY, 1, PATIENCE_MS);
};

/** A gate of a thread that is about to be started. */
export const openGate = (): GateMemory => {
  const gate = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  if (known.size === 0) process.on('exit', freezeAll);
  known.add(gate);
  return gate;
};

/** From now on no computation begins. */
export const closeGate = (gate: GateMemory): void => {
  Atomics.compareExchange(gate, WISH, OPEN, CLOSING);
};

/** Whether the host has asked for the end. */
export const isClosing = (gate: GateMemory): boolean => Atomics.load(gate, WISH) !== OPEN;

/** Its thread has ended. */
export const forgetGate = (gate: GateMemory): void => {
  known.delete(gate);
  if (known.size === 0) process.off('exit', freezeAll);
};

/** Thrown inside the thread where the gate is closed. Nobody waits for that answer. */
export class ThreadClosing extends Error {
  override readonly name = 'ThreadClosing';
}

export interface GatedRuntime extends Runtime {
  /** Closes what is open still: where the gate closed in the middle of a job, nobody else holds its sessions. */
  closeAll(): Promise<void>;
}

/** The runtime of a thread, every call of it through the gate. */
export const gatedRuntime = async (
  gate: GateMemory,
  load: () => Promise<Runtime> = onnxRuntime,
): Promise<GatedRuntime> => {
  let underWay = 0;
  const left = new Set<() => Promise<void>>();
  const through = async <T>(most: number, work: () => Promise<T>): Promise<T> => {
    // First busy, then the wish: the host writes and reads them the other way round, so that one of the two gives way.
    underWay += 1;
    Atomics.store(gate, BUSY, 1);
    try {
      if (Atomics.load(gate, WISH) > most) throw new ThreadClosing('this thread is being closed');
      return await work();
    } finally {
      underWay -= 1;
      if (underWay === 0) {
        Atomics.store(gate, BUSY, 0);
        Atomics.notify(gate, BUSY);
      }
    }
  };
  const guarded = (session: Session): Session => {
    const close = (): Promise<void> =>
      through(CLOSING, async () => {
        left.delete(close);
        await session.close();
      });
    left.add(close);
    return { ...session, run: (feeds, fetches) => through(OPEN, () => session.run(feeds, fetches)), close };
  };
  const runtime = await through(OPEN, load);
  return {
    tensor: runtime.tensor,
    open: async (model, options) => guarded(await through(OPEN, () => runtime.open(model, options))),
    closeAll: async () => {
      for (const close of [...left]) await close();
    },
  };
};
