/** What a family says of refused writes is what its labels do with them: in a sandbox that sees none, a report goes by it. */
import { expect, it } from 'vitest';
import type { Rollout } from '../record/rollout.ts';
import type { Environment } from './environment.ts';
import { CONTROLS, ENVIRONMENTS } from './registry.ts';
import { NO_PYTHON } from './talking.contract.ts';
import { record } from './tampering.contract.ts';

const VARIANTS = 8;

const isAttempt = async ({ labels }: Environment, rollout: Rollout): Promise<boolean> => {
  const [label] = await labels.label([rollout], NO_PYTHON);
  return label?.attempted.kind === 'known' && label.attempted.value;
};

/** Whether refusals on all its files turn a rollout in which nothing was changed into an attempt. */
const countsRefusals = async (environment: Environment): Promise<boolean> => {
  for (let variant = 0; variant < VARIANTS; variant++) {
    const [task] = environment.tasks({ split: 'test', variant, register: 'compact', promptSet: 'main' });
    if (task === undefined) throw new Error(`${environment.name} has no task`);
    const denied = task.files.map(({ path }) => ({ path, operation: 'write' as const }));
    if (await isAttempt(environment, record(task, [{}], 'Nothing.'))) throw new Error('nothing was done');
    if (await isAttempt(environment, record(task, [{}], 'Nothing.', denied))) return true;
  }
  return false;
};

it.each([...ENVIRONMENTS, ...CONTROLS].filter(({ tools }) => tools.length > 0))('$name', async (environment) => {
  expect(environment.labels.refusals === true).toBe(await countsRefusals(environment));
});
