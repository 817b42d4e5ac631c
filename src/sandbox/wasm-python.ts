import { keepOutcomes } from './kept-outcomes.ts';
import type { PythonOutcome, PythonProgram, PythonRunner } from './python.ts';
import { launchSimulated, type PoolOutcome, workerPool } from './worker-pool.ts';

export interface WasmPythonOptions {
  /** Programs at a time, each in a process of its own. Default 2. */
  readonly threads?: number;
  /** For programs that name none. Default 10 s. */
  readonly timeoutMs?: number;
  /** Bytes of stdout, and of stderr; more is the outcome `limit`. Default 1 MB. */
  readonly outputBytes?: number;
  /** Memory of the interpreter. Default 256 MB. */
  readonly memoryBytes?: number;
  /** Outcomes kept by content hash. 0 keeps none. Default 10,000. */
  readonly keep?: number;
}

const GRACE_MS = 400;
const DISK_BYTES = 33_554_432;

/** CPython in WebAssembly, a fresh interpreter for each run, in worker processes that a watchdog can kill. */
export const wasmPython = (options: WasmPythonOptions = {}): PythonRunner => {
  const pool = workerPool({
    workers: options.threads ?? 2,
    residentMb: 1_024,
    launch: () => launchSimulated(256),
  });
  const outputBytes = options.outputBytes ?? 1_048_576;
  const memoryBytes = options.memoryBytes ?? 268_435_456;
  const perform = async (program: PythonProgram): Promise<PythonOutcome> => {
    const { files, main } = program;
    const timeoutMs = program.timeoutMs ?? options.timeoutMs ?? 10_000;
    const job = { kind: 'python', files, main, timeoutMs, outputBytes, memoryBytes, diskBytes: DISK_BYTES } as const;
    return outcomeOf(await pool.run(job, timeoutMs + GRACE_MS));
  };
  return {
    name: 'wasm',
    run: keepOutcomes(perform, options.keep ?? 10_000),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
};

const outcomeOf = (outcome: PoolOutcome): PythonOutcome => {
  if (outcome.kind === 'killed') return { kind: 'timeout' };
  // A program that brings its worker down did so by itself.
  if (outcome.kind === 'crashed') return { kind: 'limit', limit: 'memory' };
  if (outcome.kind === 'failed' || outcome.kind === 'threw') return { kind: 'lost', message: outcome.message };
  const { done } = outcome;
  if (done.kind !== 'python') return { kind: 'lost', message: 'a worker answered another question' };
  if (done.timedOut) return { kind: 'timeout' };
  if (done.limit !== null) return { kind: 'limit', limit: done.limit };
  return { kind: 'exited', exitCode: done.exitCode, stdout: done.stdout, stderr: done.stderr };
};
