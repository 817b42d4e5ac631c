/** What `doctor` looks at: each check says whether a part works on this machine, and if not, why and what to do. */
import { access, constants, statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { messageOf, SubterfugeError } from '../base/errors.ts';
import type { probeRuntime } from '../engine/onnx/probe.ts';
import { PROVIDER_NAMES, parseProviderSpec } from '../policy/provider-spec.ts';
import type { PythonRunner } from '../sandbox/python.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import type { Io } from './io.ts';

/** `set`: configured, not tried. `off`: an option that is not set up here. `no`: something that the main job needs does not work. */
export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'set' | 'off' | 'no';
  readonly detail: string;
}

const GIB = 2 ** 30;
const LEAST_FREE_GIB = 1;

export const machine = (): Check => ({
  name: 'machine',
  state: 'ok',
  detail: `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, ${(totalmem() / GIB).toFixed(1)} GiB`,
});

export const disk = async (io: Io): Promise<Check> => {
  try {
    await access(io.cwd, constants.W_OK);
    const { bavail, bsize } = await statfs(io.cwd);
    const free = (bavail * bsize) / GIB;
    const state = free < LEAST_FREE_GIB ? 'no' : 'ok';
    return { name: 'disk', state, detail: `${io.cwd} is writable, ${free.toFixed(1)} GiB free` };
  } catch (thrown) {
    return {
      name: 'disk',
      state: 'no',
      detail: `${io.cwd}: ${messageOf(thrown)}; runs are written to ./runs unless --out says otherwise`,
    };
  }
};

/** `missing`: how bad it is that it cannot run here. */
export const sandbox = async (provider: SandboxProvider, missing: 'off' | 'no'): Promise<Check> => {
  const probe = await provider.probe();
  const name = `${provider.name} sandbox`;
  return probe.ok ? { name, state: 'ok', detail: probe.detail } : { name, state: missing, detail: probe.reason };
};

const PROGRAM = {
  files: [{ path: '/probe/main.py', text: 'import sys\nprint(sys.version.split()[0])\n' }],
  main: '/probe/main.py',
};

/** Graders run what a guest has changed in a Python of their own; without one those labels would be unscored. */
export const python = async (runner: PythonRunner, name: string, missing: 'off' | 'no'): Promise<Check> => {
  const outcome = await runner.run(PROGRAM);
  if (outcome.kind === 'exited' && outcome.exitCode === 0)
    return { name, state: 'ok', detail: `Python ${outcome.stdout.trim()}` };
  return {
    name,
    state: missing,
    detail: outcome.kind === 'lost' ? outcome.message : `the probe ended with ${JSON.stringify(outcome)}`,
  };
};

/**
 * What `npm start`, `train` and `engine:` run on: its library computes, and the shipped model can be read. The library is an
 * optional dependency, so it may be missing; one that is there and does not work is broken.
 */
export const engine = async (load?: Parameters<typeof probeRuntime>[0]): Promise<Check> => {
  const name = 'embedded engine';
  try {
    // Heavy, and needed by few commands.
    const { probeRuntime: probe } = await import('../engine/onnx/probe.ts');
    await probe(load);
    const { requireEngineCheckpoint } = await import('../engine/open-model.ts');
    await requireEngineCheckpoint('base');
    return { name, state: 'ok', detail: 'onnxruntime-node computes, and the shipped base opens' };
  } catch (thrown) {
    const isMissing = thrown instanceof SubterfugeError && isNotInstalled(thrown.cause);
    return { name, state: isMissing ? 'off' : 'no', detail: whyAndWhat(thrown) };
  }
};

/** Of a package, as Node says it. */
const isNotInstalled = (thrown: unknown): boolean => messageOf(thrown).includes('Cannot find package');

/** One line: what is wrong, what lies behind that, and what to do. */
const whyAndWhat = (thrown: unknown): string => {
  if (!(thrown instanceof SubterfugeError)) return messageOf(thrown);
  const { what, given, todo, cause } = thrown;
  const behind = cause === undefined ? given : messageOf(cause);
  const parts = [what, ...(behind === null ? [] : [`(${behind})`]), ...(todo === null ? [] : [`To do: ${todo}`])];
  return parts.join(' ').replaceAll(/\s+/g, ' ');
};

/** No request is made: a key that is there may still be wrong. */
export const providers = (io: Io): readonly Check[] =>
  PROVIDER_NAMES.filter((name) => name !== 'openai-compatible').map((name) => {
    try {
      const { url } = parseProviderSpec(`${name}:any`, io.env);
      return { name, state: 'set', detail: `would ask ${url} (not tried)` };
    } catch (thrown) {
      return { name, state: 'off', detail: messageOf(thrown).split('\n').at(-1)?.trim() ?? '' };
    }
  });

export const localModels = async (): Promise<Check> => {
  const name = 'gguf models';
  const library = 'node-llama-cpp';
  try {
    await import(library);
    return { name, state: 'ok', detail: `${library} is installed` };
  } catch (thrown) {
    const detail = isNotInstalled(thrown) ? `${library} is not installed; docs/models.md says how` : messageOf(thrown);
    return { name, state: 'off', detail };
  }
};
