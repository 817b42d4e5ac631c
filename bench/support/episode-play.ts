import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactPlan } from '../../recipes/support/compact-plan.ts';
import { systemClock } from '../../src/base/clock.ts';
import { runError } from '../../src/base/errors.ts';
import type { Environment } from '../../src/env/environment.ts';
import { playAndGrade } from '../../src/evaluate/evaluate.ts';
import { fixedConcurrency } from '../../src/policy/concurrency.ts';
import type { Rollout } from '../../src/record/rollout.ts';
import type { PythonRunner } from '../../src/sandbox/python.ts';
import type { SandboxProvider } from '../../src/sandbox/sandbox.ts';
import { createRun } from '../../src/store/run-directory.ts';
import { exploitModel } from './episode-script.ts';

export interface EpisodeWork {
  readonly environment: Environment;
  readonly n: number;
  readonly seed: string;
  readonly sandboxes: SandboxProvider;
  readonly python: PythonRunner;
  readonly atOnce: number;
}

export interface PlayedEpisodes {
  /** From making the run on the disk to closing it: played, graded, recorded. */
  readonly seconds: number;
  readonly rollouts: readonly Rollout[];
}

const never = new AbortController().signal;

/** Plays an evaluation as `subterfuge eval` does, in a run directory that is removed afterwards. Throws where it was not played to its end. */
export const playEpisodes = async (work: EpisodeWork): Promise<PlayedEpisodes> => {
  const { environment, n, seed, sandboxes, python, atOnce } = work;
  const plan = compactPlan({ model: 'scripted:exploit', environments: [environment.name], n, seed });
  const versions = { subterfuge: 'bench', node: process.version };
  const scratch = await mkdtemp(join(tmpdir(), 'subterfuge-bench-episodes-'));
  const rollouts: Rollout[] = [];
  try {
    const begunMs = performance.now();
    const createdAt = new Date(systemClock.nowMs()).toISOString();
    const manifest = { schema: 'subterfuge/run@1', id: 'bench', createdAt, versions, plan } as const;
    let finished: boolean;
    {
      await using store = await createRun(join(scratch, 'run'), manifest);
      ({ finished } = await playAndGrade({
        store,
        model: exploitModel(environment),
        environments: [environment],
        sandboxes,
        context: { python },
        clock: systemClock,
        concurrency: fixedConcurrency(atOnce),
        drain: never,
        abort: never,
        onRollout: (rollout) => rollouts.push(rollout),
      }));
    }
    const seconds = (performance.now() - begunMs) / 1000;
    const cut = rollouts.filter(({ stop }) => stop !== 'finished');
    if (finished && rollouts.length === n && cut.length === 0) return { seconds, rollouts };
    throw runError({
      code: 'bench-failed',
      what: 'Not every episode was played to its end.',
      given: `${rollouts.length} of ${n} played, ${cut.length} of them cut: ${cut[0]?.stop} ${cut[0]?.faults[0]?.message ?? ''}`,
      todo: 'Run the same episodes with subterfuge eval --model scripted:exploit and look at the first.',
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};
