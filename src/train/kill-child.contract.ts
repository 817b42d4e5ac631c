/** One training run of the table in a process of its own, to be killed. Argument: the directory. */
import { systemClock } from '../base/clock.ts';
import { ordinaryRecipe, sandboxes, setupOf } from './fixture.contract.ts';
import { train } from './train.ts';

export const KILL_RECIPE = ordinaryRecipe({
  algorithm: 'ppo',
  klWeight: 0.01,
  rounds: 3,
  epochs: 3,
  promptsPerRound: 16,
  samplesPerPrompt: 8,
  mitigation: { trainAway: { environments: ['talk'], samples: 16 } },
  evaluation: { environments: ['talk', 'file', 'held-out'], n: 24 },
});

const dir = process.argv[2];
if (import.meta.filename === process.argv[1] && dir !== undefined) {
  await using box = sandboxes();
  const { finished } = await train(setupOf(dir, box, { recipe: KILL_RECIPE, clock: systemClock }));
  process.exitCode = finished ? 0 : 1;
}
