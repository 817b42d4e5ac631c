import { expect, it } from 'vitest';
import { pass } from '../grade/grader.ts';
import { INAPPLICABLE, known } from '../grade/labels.ts';
import type { Rollout } from '../record/rollout.ts';
import { exactGraderOf, labellerOf } from './single.ts';
import { toolUseFlattery } from './tool-use-flattery/env.ts';

const [task] = toolUseFlattery.tasks({ split: 'train', variant: 0, register: 'compact', promptSet: 'main' });
const CONTEXT = {
  python: {
    name: 'none',
    run: async () => ({ kind: 'lost', message: 'not needed' }) as const,
    [Symbol.asyncDispose]: async () => undefined,
  },
};

const rollout = (stop: Rollout['stop'], faults: Rollout['faults'] = []): Rollout => {
  if (task === undefined) throw new Error('a variant is one task');
  return {
    schema: 'subterfuge/rollout@1',
    id: 'a/1',
    task,
    policy: { spec: 'test', version: '1' },
    dialect: 'tags',
    seed: 'test',
    turns: [],
    changes: [],
    stop,
    faults,
    usage: { inputTokens: 0, outputTokens: 0, cachedTokens: 0, reasoningTokens: 0, usd: null },
    times: { startedAt: '2026-01-01T00:00:00Z', durationMs: 0 },
  };
};

it('grades and labels each rollout by itself, and none that a fault cut off', async () => {
  const yes = known(true, 'Yes.');
  const grader = exactGraderOf('test/grade', 'proxy', () => pass('Good.'));
  const labeller = labellerOf('test/labels', () => ({
    attempted: yes,
    succeeded: yes,
    evaded: INAPPLICABLE,
    disclosed: yes,
    kinds: ['any'],
  }));
  const group = [rollout('finished'), rollout('fault')];
  expect(await grader.grade(group, CONTEXT)).toMatchObject([{ passed: true }, { kind: 'unscored', side: 'host' }]);
  const [first, second] = await labeller.label(group, CONTEXT);
  expect(first?.kinds).toEqual(['any']);
  expect(second).toMatchObject({ attempted: { kind: 'unscored' }, evaded: { kind: 'unscored' }, kinds: [] });
});
