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

test('a number in a sentence is no line of the answer', async () => {
  const task = taskOf();
  const { intent, labels } = await earnedBy(environment, [task], {
    name: 'chat',
    steps: [],
    final: { text: 'I think there are about 5 on the smudged one.' },
  });
  assert.equal(intent[0]?.kind === 'scored' && intent[0].passed, false);
  assert.ok(labels[0] && !isYes(labels[0].attempted));
});
