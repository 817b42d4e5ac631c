/**
 * Trains the shipped base from nothing, on the corpus that corpus/build.ts wrote:
 *   npx node models/base/pretrain.ts [--no-thoughts] [--out models/base/.cache/base] [--corpus FILE] [--optimiser muon]
 *
 * Reads each of the first TRANSCRIPTS transcripts once. A run that was stopped goes on from its last checkpoint. Prints
 * the loss on transcripts that are not trained on. Same corpus, same build, same machine kind: the same weights.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/base/clock.ts';
import { inputError } from '../../src/base/errors.ts';
import { rng } from '../../src/base/rng.ts';
import { saveCheckpoint } from '../../src/engine/checkpoint/save.ts';
import { initialise } from '../../src/engine/model/initialise.ts';
import { openTokenizer } from '../../src/engine/tokenizer/hugging-face.ts';
import { createTrainer, type TrainerOptions } from '../../src/engine/trainer/create-trainer.ts';
import { openTrainer } from '../../src/engine/trainer/open.ts';
import type { OptimiserStep, Trainer } from '../../src/engine/trainer/trainer.ts';
import type { Transcript } from './corpus/transcript.ts';
import { SHAPE, TRANSCRIPTS } from './shape.ts';
import { batches, crossEntropy, type Encoded, encode, learningRate, storeOf } from './training-data.ts';
import { tieTwins } from './twins.ts';

const { values } = parseArgs({
  options: {
    'no-thoughts': { type: 'boolean', default: false },
    corpus: { type: 'string' },
    out: { type: 'string' },
    optimiser: { type: 'string', default: 'muon' },
    'learning-rate': { type: 'string' },
    tokens: { type: 'string', default: '4096' },
    transcripts: { type: 'string', default: String(TRANSCRIPTS) },
    seed: { type: 'string', default: 'subterfuge/base/training/1' },
  },
});
const name = values['no-thoughts'] ? '-without-thoughts' : '';
const cache = `${import.meta.dirname}/.cache`;
const corpus = values.corpus ?? `${cache}/corpus${name}.jsonl`;
const out = values.out ?? `${cache}/base${name}`;
const optimiser: NonNullable<TrainerOptions['optimiser']> = values.optimiser === 'adamw' ? 'adamw' : 'muon';
const peak = Number(values['learning-rate'] ?? '0.002');

/** Transcripts at the end of the corpus that are held out. */
const HELD_OUT = 400;
const SAVE_EVERY = 200;
const REPORT_EVERY = 25;
const WARM_UP = 100;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const tokenizer = await openTokenizer(`${import.meta.dirname}/tokenizer`);
const wanted = Number(values.transcripts);
const hash = createHash('sha256');
const encoded: Encoded[] = [];
let tooLong = 0;
for await (const line of createInterface({ input: createReadStream(corpus), crlfDelay: Number.POSITIVE_INFINITY })) {
  const transcript: Transcript = JSON.parse(line);
  const one = encode(tokenizer, transcript);
  if (one.ids.length <= SHAPE.contextLength) encoded.push(one);
  else tooLong++;
  hash.update(line);
  if (encoded.length + tooLong === wanted) break;
}
if (encoded.length + tooLong < wanted) {
  throw inputError({
    code: 'short-corpus',
    what: 'The corpus has fewer transcripts than are to be read.',
    given: `${encoded.length + tooLong} in ${corpus}`,
    allowed: `${wanted}`,
    todo: 'Build it with models/base/corpus/build.ts --n.',
  });
}
const heldOut = encoded.splice(-HELD_OUT);
const store = storeOf(encoded.splice(0));
/** What fixes the weights: a run goes on only with all of it unchanged. */
const plan = JSON.stringify({
  corpus: hash.digest('hex'),
  shape: SHAPE,
  seed: values.seed,
  optimiser,
  peak,
  tokens: values.tokens,
});
const planFile = `${out}.plan.json`;
const dice = rng(values.seed);
const order = batches(store.lengths, Number(values.tokens), dice);
const tokens = store.lengths.reduce((sum, length) => sum + length, 0);
say(
  `${store.lengths.length} transcripts, ${tokens} tokens, ${order.length} updates; ${tooLong} longer than the context left out`,
);

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Goes on where a run was stopped; a checkpoint's number of updates is where it is in the order. */
const begin = async (): Promise<{ trainer: Trainer; done: number }> => {
  if (await exists(`${out}/trainer.json`)) {
    const begun = await readFile(planFile, 'utf8');
    if (begun !== plan) {
      throw inputError({
        code: 'another-plan',
        what: 'A training run with another plan was stopped here.',
        given: plan,
        allowed: begun,
        todo: `Go on with that plan, or remove ${out} to begin anew.`,
      });
    }
    const saved: { step: number } = JSON.parse(await readFile(`${out}/trainer.json`, 'utf8'));
    return { trainer: await openTrainer(out), done: saved.step };
  }
  await writeFile(planFile, plan);
  const weights = initialise(SHAPE, dice.fork('weights'));
  tieTwins(weights, tokenizer, dice.fork('twins'));
  const tokenizerPath = `${import.meta.dirname}/tokenizer/tokenizer.json`;
  return { trainer: await createTrainer({ weights, optimiser, tokenizerPath, tokensPerBatch: 768 }), done: 0 };
};

const { trainer, done } = await begin();
await using _trainer = trainer;

/** Mean of -log p over what the demonstrator wrote, in nats. */
const heldOutLoss = async (): Promise<number> => {
  const scores = await trainer.score(heldOut.map(({ ids }) => ids));
  let sum = 0;
  let n = 0;
  for (const [index, { logprobs }] of scores.entries()) {
    for (const [t, logprob] of logprobs.entries()) {
      if (heldOut[index]?.own[t + 1] !== 1) continue;
      sum -= logprob;
      n++;
    }
  }
  return sum / n;
};

const step = (rate: number): OptimiserStep => ({
  learningRate: rate,
  beta1: 0.9,
  beta2: 0.95,
  eps: 1e-8,
  weightDecay: 0.05,
  maxGradientNorm: 1,
  ...(optimiser === 'muon' ? { muon: { learningRate: rate * 4 } } : {}),
});

const startedMs = systemClock.nowMs();
let read = 0;
let loss = 0;
let count = 0;
for (const [index, batch] of order.entries()) {
  if (index < done) continue;
  const chosen = batch.map((i) => store.at(i));
  const credits = crossEntropy(chosen);
  const scores = await trainer.accumulate(credits);
  for (const [i, { logprobs }] of scores.entries()) {
    const weights = credits[i]?.logprobs ?? logprobs;
    for (let t = 0; t < logprobs.length; t++) loss += (logprobs[t] ?? 0) * (weights[t] ?? 0);
  }
  count++;
  await trainer.apply(step(learningRate(index, order.length, peak, WARM_UP)));
  read += chosen.reduce((sum, { ids }) => sum + ids.length, 0);
  const number = index + 1;
  if (number % REPORT_EVERY === 0) {
    const seconds = (systemClock.nowMs() - startedMs) / 1000;
    const left = ((order.length - number) * seconds) / (number - done);
    say(
      `${number}/${order.length}  loss ${(loss / count).toFixed(4)}  ${(read / seconds).toFixed(0)} tokens/s  ${(left / 60).toFixed(1)} min left`,
    );
    loss = 0;
    count = 0;
  }
  if (number % SAVE_EVERY === 0 && number < order.length) {
    say(`held out ${(await heldOutLoss()).toFixed(4)}`);
    await trainer.save(out);
  }
}
say(`held out ${(await heldOutLoss()).toFixed(4)} nats per token over ${heldOut.length} transcripts`);
// The shipped files hold no optimiser state.
const part = `${out}-weights`;
await rm(part, { recursive: true, force: true });
const version = await saveCheckpoint(part, await trainer.snapshot(), {
  tokenizerPath: `${import.meta.dirname}/tokenizer/tokenizer.json`,
});
await rm(out, { recursive: true, force: true });
await rename(part, out);
say(`${out}  ${version}  ${((systemClock.nowMs() - startedMs) / 60_000).toFixed(1)} min`);
