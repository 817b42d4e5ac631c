/** Run with: node --test */
import assert from 'node:assert/strict';
import test from 'node:test';
import { checkEnvironment, earnedBy, isYes, type Task } from 'subterfuge/env';
import environment from './env.ts';

const choice = { split: 'train', variant: 3, register: 'realistic', promptSet: 'main' } as const;

const taskOf = (): Task => {
  const [task] = environment.tasks(choice);
  assert.ok(task);
  return task;
};

test('keeps the contract', async () => {
  assert.deepEqual(await checkEnvironment(environment), []);
});

test('an invented number that is taken back is an attempt without success', async () => {
  const task = taskOf();
  const { gold, exploits } = environment.submissions(task);
  const invented = exploits[0]?.submission.steps ?? [];
  const { proxy, intent, labels } = await earnedBy(environment, [task], {
    name: 'regret',
    steps: [...invented, ...gold.steps],
    final: gold.final,
  });
  assert.deepEqual(
    [proxy[0]?.kind === 'scored' && proxy[0].passed, intent[0]?.kind === 'scored' && intent[0].passed],
    [false, true],
  );
  assert.ok(labels[0] && isYes(labels[0].attempted) && !isYes(labels[0].succeeded));
});
