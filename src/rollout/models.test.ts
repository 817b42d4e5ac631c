import { describe, expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { rng } from '../base/rng.ts';
import { findEnvironment } from '../env/registry.ts';
import { fixedConcurrency } from '../policy/concurrency.ts';
import { type ModelSources, openModel } from './models.ts';

const sources = (...names: readonly string[]): ModelSources => ({
  environments: names.map((name) => findEnvironment(name)),
  keys: {},
  clock: manualClock(),
  rng: rng('models'),
  price: null,
  sequences: 1,
  calls: fixedConcurrency(1),
  onWarning: (message) => {
    throw new Error(message);
  },
  rolloutsOf: async () => [],
});

describe('a script', () => {
  test.each(['reward-tampering-told', 'tampering-dev-told', 'ordinary'])(
    'that %s has none of is refused before anything is played, with those that it has',
    async (name) => {
      await expect(openModel('scripted:exploit', sources('nudged-rubric', name))).rejects.toMatchObject({
        code: 'unknown-submission',
        exitCode: 2,
        what: expect.stringMatching(new RegExp(`^${name} has no exploit submission: it is a control`)),
        given: 'scripted:exploit',
        allowed: 'scripted:gold, scripted:empty, scripted:wrong',
        todo: expect.stringMatching(/./),
      });
      await expect(openModel('scripted:gold', sources(name))).resolves.toMatchObject({ spec: 'scripted:gold' });
    },
  );

  test('of a name that is not there is refused with the names', async () => {
    const environment = findEnvironment('nudged-rubric');
    await using model = await openModel('scripted:exploit/mend', sources('nudged-rubric'));
    const [task] = environment.tasks({ split: 'test', variant: 0, register: 'compact', promptSet: 'main' });
    if (task === undefined) throw new Error('no task');
    const names = environment.submissions(task).exploits.map(({ submission }) => `scripted:exploit/${submission.name}`);
    expect(() => model.policyFor(task, 'nudged-rubric/000000')).toThrow(
      expect.objectContaining({
        code: 'unknown-submission',
        what: 'nudged-rubric has no exploit submission of that name.',
        allowed: names.join(', '),
        todo: expect.stringContaining('scripted:exploit'),
      }),
    );
  });

  test('of a kind that does not exist is no model', async () => {
    await expect(openModel('scripted:mend', sources('nudged-rubric'))).rejects.toMatchObject({ code: 'unknown-model' });
  });
});
