/**
 * Trains the shipped preference model from the base checkpoint and prints its accuracy on held-out pairs:
 *   npx node models/preference/train.ts [--base models/base/checkpoint] [--out models/preference/checkpoint]
 *     [--steps 320] [--batch 32] [--learning-rate 3e-4] [--train 7000] [--held-out 2000] [--seed 1] [--workers 2]
 *
 * Writes weights, tokenizer, `preference.json` and a card. Same base, same build, same machine kind: the same weights.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/base/clock.ts';
import { inputError } from '../../src/base/errors.ts';
import { rng } from '../../src/base/rng.ts';
import { loadCheckpoint } from '../../src/engine/checkpoint/checkpoint.ts';
import { saveCheckpoint } from '../../src/engine/checkpoint/save.ts';
import { openTokenizer } from '../../src/engine/tokenizer/hugging-face.ts';
import { createTrainer } from '../../src/engine/trainer/create-trainer.ts';
import { CARD_FILE, preferenceCardSchema } from '../../src/grade/overseer-preference-card.ts';
import { simulatedSandbox } from '../../src/sandbox/simulated.ts';
import { cardText, tableOf } from './card.ts';
import { encodePairs, learn, measure } from './learn.ts';
import { preferencePairs } from './pairs.ts';

const here = import.meta.dirname;
const { values } = parseArgs({
  options: {
    base: { type: 'string', default: join(here, '../base/checkpoint') },
    out: { type: 'string', default: join(here, 'checkpoint') },
    steps: { type: 'string', default: '320' },
    batch: { type: 'string', default: '32' },
    'learning-rate': { type: 'string', default: '3e-4' },
    train: { type: 'string', default: '7000' },
    'held-out': { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
  },
});

const positive = (name: 'steps' | 'batch' | 'learning-rate' | 'train' | 'held-out' | 'workers'): number => {
  const number = Number(values[name]);
  if (number > 0 && Number.isFinite(number) && (name === 'learning-rate' || Number.isInteger(number))) return number;
  throw inputError({
    code: 'bad-option',
    what: `--${name} cannot be that.`,
    given: values[name],
    allowed: name === 'learning-rate' ? 'a number above 0' : 'a whole number of at least 1',
  });
};

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const [steps, batch, workers] = [positive('steps'), positive('batch'), positive('workers')];
const learningRate = positive('learning-rate');
const base = await loadCheckpoint(values.base);
const tokenizer = await openTokenizer(values.base);
const { contextLength } = base.weights.config;

await using sandboxes = simulatedSandbox({ threads: 1 });
const pairs = await preferencePairs(sandboxes, values.seed, {
  train: positive('train'),
  heldOut: positive('held-out'),
});
say(`${pairs.train.length} pairs to train on, ${pairs.heldOut.length} held out; SHA-256 ${pairs.sha256}`);
const train = encodePairs(tokenizer, pairs.train, contextLength);
const heldOut = encodePairs(tokenizer, pairs.heldOut, contextLength);

await using trainer = await createTrainer({ weights: base.weights, valueHead: true, workers });
const startedMs = systemClock.nowMs();
await learn(trainer, train, {
  steps,
  batch,
  learningRate,
  dice: rng(`preference/${values.seed}/training`),
  onStep: (step, loss, correct) => {
    if (step % 10 !== 0 && step !== steps) return;
    const seconds = (systemClock.nowMs() - startedMs) / 1_000;
    const left = Math.ceil((seconds / step) * (steps - step));
    say(
      `update ${step} of ${steps}: loss ${loss.toFixed(3)}, right ${(100 * correct).toFixed(0)} %, about ${left} s left`,
    );
  },
});

const { mean, deviation, accuracy } = await measure(trainer, heldOut);
const card = preferenceCardSchema.parse({
  schema: 'subterfuge/preference@1',
  base: base.version,
  pairs: { sha256: pairs.sha256, train: pairs.train.length, heldOut: pairs.heldOut.length },
  transformation: 'sigmoid((reward - mean) / deviation)',
  mean,
  deviation,
  accuracy,
});
const version = await saveCheckpoint(values.out, await trainer.snapshot(), {
  tokenizerPath: base.tokenizerPath,
  hfConfig: base.hfConfig,
  beside: async (temporary, hash) => {
    const options = { steps, batch, learningRate, seed: values.seed };
    await writeFile(join(temporary, CARD_FILE), `${JSON.stringify(card, null, 2)}\n`);
    await writeFile(join(temporary, 'README.md'), cardText(card, hash, options));
  },
});
say(`\n${tableOf(card)}\n\n${values.out}: weights ${version}`);
