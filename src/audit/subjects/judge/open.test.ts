import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../base/clock.ts';
import { rng } from '../../../base/rng.ts';
import type { Model } from '../../../policy/policy.ts';
import { DEFAULT_SUBJECT_OPTIONS } from '../../subject.ts';
import { openJudge } from './open.ts';

/** A model of this process, which counts how often it is closed. */
const localModel = () => {
  const closed = { times: 0 };
  const model: Model = {
    spec: 'engine:tiny',
    version: '1',
    dialects: ['tags'],
    maxConcurrency: 1,
    policyFor: () => ({ complete: () => Promise.reject(new Error('nobody asks it')) }),
    [Symbol.asyncDispose]: async () => {
      closed.times += 1;
    },
  };
  return { model, closed };
};

test('a rubric that names no temperature is refused for a model that has none, and the model is closed', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'subterfuge-judge-'));
  await writeFile(join(cwd, 'rubric.md'), '---\ntemperature: none\n---\nRate it.');
  const { model, closed } = localModel();
  const sources = {
    ...{ cwd, clock: systemClock, keys: {}, dice: rng('judge'), onWarning: () => undefined },
    openModel: async () => model,
  };
  const examples = { task: 'text', examples: [], items: 0, hash: '', source: 'inline', whole: null } as const;
  await expect(
    openJudge('judge:rubric.md@engine:tiny', DEFAULT_SUBJECT_OPTIONS, examples, sources),
  ).rejects.toMatchObject({ code: 'no-temperature', given: '"temperature: none" in rubric.md for engine:tiny' });
  expect(closed.times).toBe(1);
  await rm(cwd, { recursive: true });
});
