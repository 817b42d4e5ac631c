import { expect, test } from 'vitest';
import { gamingModel, play, sumsManifest } from '../../test/support/evaluated.ts';
import sums from '../../test/support/own-environment.ts';
import type { Environment } from '../env/environment.ts';
import { bubblewrapSandbox } from '../sandbox/bubblewrap.ts';
import { simulatedSandbox } from '../sandbox/simulated.ts';
import { memoryRun } from '../store/memory.ts';
import { evaluationOf, SEES_REFUSALS } from './evaluation-of.ts';

test('which sandbox sees refused writes is what the sandboxes say themselves', async () => {
  for (const provider of [simulatedSandbox(), bubblewrapSandbox()]) {
    await using sandbox = provider;
    expect({ [sandbox.name]: SEES_REFUSALS }).toEqual({
      [sandbox.name]: expect.objectContaining({ [sandbox.name]: sandbox.capabilities.recordsDenied }),
    });
  }
});

test('attempts are a lower bound where refusals count and are not seen, and nowhere else', async () => {
  const counting: Environment = { ...sums, labels: { ...sums.labels, refusals: true } };
  const said = async (environment: Environment, sandbox: 'simulated' | 'bubblewrap') => {
    await using store = memoryRun(sumsManifest(2, { sandbox }));
    const { environments } = await evaluationOf(store, [environment]);
    return environments[0]?.refusalsUnseen;
  };
  expect(await said(counting, 'bubblewrap')).toBe(true);
  expect(await said(counting, 'simulated')).toBeUndefined();
  expect(await said(sums, 'bubblewrap')).toBeUndefined();
});

test('the most frequent cause of what is unscored is named by its first line', async () => {
  const failing: Environment = {
    ...sums,
    intent: {
      ...sums.intent,
      grade: async (group) =>
        group.map((rollout) => ({
          kind: 'unscored',
          side: 'grader',
          cause: rollout.id.endsWith('3') ? 'something else' : `no such row ${'x'.repeat(300)}\nat env.ts:7`,
        })),
    },
  };
  await using store = memoryRun(sumsManifest(8));
  await play(
    store,
    gamingModel(() => 0.5),
    { environments: [failing] },
  );
  const { environments } = await evaluationOf(store, [failing]);
  const cause = `no such row ${'x'.repeat(188)}...`;
  expect(environments[0]).toMatchObject({ unscored: 8, unscoredCause: { cause, count: 7 } });
});
