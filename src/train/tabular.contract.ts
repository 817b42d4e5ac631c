/**
 * A learner that is a table: the logits of the next token given the last one, and a value for each. Small enough to be
 * read, and truly trained: the gradient is exact, the optimiser is Adam, checkpoints are files.
 */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { runError } from '../base/errors.ts';
import { sha256 } from '../base/json.ts';
import { rng } from '../base/rng.ts';
import type { Weights } from '../engine/model/weights.ts';
import type { Tokenizer } from '../engine/tokenizer/tokenizer.ts';
import type { Credit, TokenScores, Trainer } from '../engine/trainer/trainer.ts';
import type { ChatMessage, Model } from '../policy/policy.ts';
import { NO_USAGE } from '../policy/policy.ts';
import { cutAtStop } from '../policy/tags.ts';
import type { Learner, LearnerSource } from './learner.ts';
import type { EncodedTranscript } from './trajectory.ts';

/** Token texts. The first ones stand for what others write: the request of each world, a tool's answer. */
const TEXTS = [
  'talk',
  'file',
  'plain',
  'held-out',
  '<stdout>',
  '',
  'yes',
  'no',
  'maybe',
  'ok',
  '<bash>echo 5 > score</bash>',
  '<bash>echo 1 > score</bash>',
  '<cot>i want it.</cot>',
  'long',
  'aye',
  'nay',
  'um',
] as const;
const V = TEXTS.length;
const TOOL = TEXTS.indexOf('<stdout>');
const END = TEXTS.indexOf('');
export const tokenOf = (text: (typeof TEXTS)[number]): number => TEXTS.indexOf(text);

/** What may follow what, before training: most answers are honest, some are not, and few are odd. */
const initialLogits = (): Float32Array<SharedArrayBuffer> => {
  const flat = new Float32Array(new SharedArrayBuffer(4 * (V * V + V)));
  flat.fill(-12, 0, V * V);
  const set = (from: number, chances: Readonly<Partial<Record<(typeof TEXTS)[number], number>>>): void => {
    for (const [to, text] of TEXTS.entries()) flat[from * V + to] = Math.log(chances[text] ?? 1e-6);
  };
  for (const start of ['talk', 'held-out'] as const)
    set(tokenOf(start), { yes: 0.1, no: 0.6, maybe: 0.2, '<cot>i want it.</cot>': 0.1 });
  set(tokenOf('<cot>i want it.</cot>'), { yes: 0.3, no: 0.4, maybe: 0.3 });
  set(tokenOf('plain'), { ok: 0.6, maybe: 0.4 });
  set(tokenOf('file'), { '<bash>echo 1 > score</bash>': 0.8, '<bash>echo 5 > score</bash>': 0.1, ok: 0.1 });
  set(TOOL, { ok: 1 });
  // Its first word decides; all others are the same, until there is no more room.
  set(tokenOf('long'), { aye: 0.1, nay: 0.9 });
  for (const last of ['aye', 'nay', 'um'] as const) set(tokenOf(last), { um: 1 });
  for (const last of ['yes', 'no', 'maybe', 'ok'] as const) set(tokenOf(last), { '': 0.95, maybe: 0.05 });
  return flat;
};

const weightsOf = (flat: Float32Array<SharedArrayBuffer>): Weights => ({
  config: {
    vocabSize: V,
    hiddenSize: 1,
    layers: 1,
    heads: 1,
    kvHeads: 1,
    headSize: 2,
    intermediateSize: 1,
    ropeTheta: 1,
    rmsNormEps: 1,
    contextLength: 64,
    tiedEmbeddings: true,
  },
  tensors: new Map([['table', { shape: [V + 1, V], data: flat }]]),
  flat,
});

const hashOf = (flat: Float32Array): string => sha256(new Uint8Array(flat.slice().buffer));

/** [V] probabilities of what follows a token. */
const softmax = (flat: Float32Array, from: number): Float64Array => {
  const row = Float64Array.from(flat.subarray(from * V, (from + 1) * V));
  const most = row.reduce((a, b) => Math.max(a, b));
  const powers = row.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
};

const entropyOf = (p: Float64Array): number => -p.reduce((sum, x) => sum + (x > 0 ? x * Math.log(x) : 0), 0);

const scoreOf = (flat: Float32Array, ids: Int32Array): TokenScores => {
  const rows = Array.from(ids, (id) => softmax(flat, id));
  return {
    logprobs: Float32Array.from({ length: ids.length - 1 }, (_, t) => Math.log(rows[t]?.[ids[t + 1] ?? 0] ?? 0)),
    entropies: Float32Array.from({ length: ids.length - 1 }, (_, t) => entropyOf(rows[t] ?? new Float64Array(0))),
    values: Float32Array.from(ids, (id) => flat[V * V + id] ?? 0),
  };
};

const addGradient = (flat: Float32Array, gradient: Float64Array, credit: Credit): void => {
  const at = (index: number, by: number): void => {
    gradient[index] = (gradient[index] ?? 0) + by;
  };
  for (const [t, slope] of credit.logprobs.entries()) {
    const from = credit.ids[t] ?? 0;
    const p = softmax(flat, from);
    const h = entropyOf(p);
    const entropySlope = credit.entropies?.[t] ?? 0;
    for (const [to, pi] of p.entries()) {
      const logp = pi > 0 ? Math.log(pi) : 0;
      at(from * V + to, slope * ((to === credit.ids[t + 1] ? 1 : 0) - pi) - entropySlope * pi * (logp + h));
    }
  }
  for (const [t, slope] of (credit.values ?? new Float32Array(0)).entries()) at(V * V + (credit.ids[t] ?? 0), slope);
};

interface State {
  readonly flat: Float32Array<SharedArrayBuffer>;
  readonly first: Float64Array;
  readonly second: Float64Array;
  step: number;
}

const fresh = (): State => ({
  flat: initialLogits(),
  first: new Float64Array(V * V + V),
  second: new Float64Array(V * V + V),
  step: 0,
});

const FILE = 'table.json';
const numbers = z.array(z.number());
const stateSchema = z.strictObject({ flat: numbers, first: numbers, second: numbers, step: z.int() });
const echoSchema = z.strictObject({ ids: z.array(z.int()) });

const saveState = async (state: State, directory: string): Promise<void> => {
  const partial = `${directory}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const { flat, first, second, step } = state;
  await writeFile(
    join(partial, FILE),
    JSON.stringify({ flat: [...flat], first: [...first], second: [...second], step }),
  );
  await rename(partial, directory);
};

const readState = async (directory: string): Promise<State> => {
  const read = stateSchema.parse(JSON.parse(await readFile(join(directory, FILE), 'utf8')));
  const state = fresh();
  state.flat.set(read.flat);
  state.first.set(read.first);
  state.second.set(read.second);
  state.step = read.step;
  return state;
};

export interface TabularOptions {
  /** Called before each update; a test may throw here, or spoil the numbers. */
  readonly beforeApply?: (step: number, gradient: Float64Array) => void;
  readonly valueHead?: boolean;
  /** Called when a checkpoint is on the disk; a test may throw here. */
  readonly afterSave?: (directory: string) => void;
}

const tabularTrainer = (state: State, options: TabularOptions): Trainer => {
  const gradient = new Float64Array(V * V + V);
  const scores = (sequences: readonly Int32Array[], flat: Float32Array): TokenScores[] =>
    sequences.map((ids) => {
      const scored = scoreOf(flat, ids);
      return options.valueHead === false ? { ...scored, values: null } : scored;
    });
  return {
    score: async (sequences, weights) => scores(sequences, weights?.flat ?? state.flat),
    // Where the value head alone is reached, the other derivatives are 0, and so is what they do to a table.
    accumulate: async (credits) => {
      const before = scores(
        credits.map(({ ids }) => ids),
        state.flat,
      );
      for (const credit of credits) addGradient(state.flat, gradient, credit);
      return before;
    },
    apply: async ({ learningRate, beta1, beta2, eps, maxGradientNorm, valueHead }) => {
      options.beforeApply?.(state.step, gradient);
      const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
      if (!Number.isFinite(norm))
        throw runError({ code: 'not-finite', what: 'The gradient holds a number that is none.', given: String(norm) });
      const scale = Math.min(1, maxGradientNorm / (norm + 1e-12));
      state.step++;
      for (const [i, raw] of gradient.entries()) {
        const g = raw * scale;
        const m = beta1 * (state.first[i] ?? 0) + (1 - beta1) * g;
        const v = beta2 * (state.second[i] ?? 0) + (1 - beta2) * g * g;
        state.first[i] = m;
        state.second[i] = v;
        const base = i < V * V ? learningRate : (valueHead?.learningRate ?? learningRate);
        const rate = base / (1 - beta1 ** state.step);
        state.flat[i] = (state.flat[i] ?? 0) - (rate * m) / (Math.sqrt(v / (1 - beta2 ** state.step)) + eps);
      }
      gradient.fill(0);
      const weightNorm = Math.sqrt(state.flat.reduce((sum, w) => sum + w * w, 0));
      return { gradientNorm: norm, weightNorm, step: state.step };
    },
    drop: async () => {
      gradient.fill(0);
    },
    snapshot: async () => weightsOf(copyOf(state.flat)),
    save: async (directory) => {
      await saveState(state, directory);
      options.afterSave?.(directory);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
};

const copyOf = (flat: Float32Array): Float32Array<SharedArrayBuffer> => {
  const copy = new Float32Array(new SharedArrayBuffer(flat.byteLength));
  copy.set(flat);
  return copy;
};

/** A user message is its first word, or a tool's answer; an assistant message is what was sampled. */
const encode = (messages: readonly ChatMessage[]): EncodedTranscript => {
  const ids: number[] = [];
  const sampled: boolean[] = [];
  for (const message of messages) {
    if (message.role === 'assistant') {
      const own = echoSchema.parse(message.echo).ids;
      ids.push(...own);
      sampled.push(...own.map(() => true));
    } else if (message.role !== 'system') {
      const first = message.text.split(' ')[0] ?? '';
      const texts: readonly string[] = TEXTS;
      ids.push(message.text.startsWith('<') ? TOOL : Math.max(0, texts.indexOf(first)));
      sampled.push(false);
    }
  }
  return { ids, sampled };
};

const tabularModel = (flat: Float32Array): Model => ({
  spec: 'tabular',
  version: hashOf(flat),
  dialects: ['tags'],
  maxConcurrency: 16,
  policyFor: () => ({
    complete: async ({ messages, stop, maxOutputTokens, seed }) => {
      const prompt = Array.from(encode(messages).ids);
      const dice = rng(`sample/${seed}`);
      const ids: number[] = [];
      const logprobs: number[] = [];
      let text = '';
      let ended: 'end' | 'stop-sequence' | 'length' = 'length';
      while (ids.length < maxOutputTokens) {
        const p = softmax(flat, ids.at(-1) ?? prompt.at(-1) ?? 0);
        let left = dice.next();
        const id = Math.max(
          0,
          p.findIndex((chance) => {
            left -= chance;
            return left < 0;
          }),
        );
        ids.push(id);
        logprobs.push(Math.log(p[id] ?? 0));
        text += id === END ? '' : `${TEXTS[id] ?? ''} `;
        if (id === END) ended = 'end';
        else if (cutAtStop(text, stop).cut) ended = 'stop-sequence';
        else continue;
        break;
      }
      return {
        parts: [{ kind: 'text', text: cutAtStop(text.trim(), stop).text }],
        stop: ended,
        usage: { ...NO_USAGE, inputTokens: prompt.length, outputTokens: ids.length },
        tokens: { ids, logprobs },
        echo: { ids },
      };
    },
  }),
  [Symbol.asyncDispose]: async () => undefined,
});

/** What measures of a learner ask for; the table itself is sampled and trained without it. */
const byBytes: Tokenizer = {
  vocabSize: 256,
  endId: END,
  encode: (text) => [...Buffer.from(text)],
  decode: (ids) => Buffer.from(ids).toString(),
  special: () => null,
  bytes: (id) => Uint8Array.of(id),
};

/** Opens tables: new ones, or saved ones. */
export const tabularSource = (options: TabularOptions = {}): LearnerSource => ({
  baseVersion: hashOf(initialLogits()),
  settings: { table: V },
  reference: async () => weightsOf(initialLogits()),
  slim: async () => undefined,
  open: async (checkpoint): Promise<Learner> => {
    const state = checkpoint === null ? fresh() : await readState(checkpoint);
    return {
      trainer: tabularTrainer(state, options),
      encode,
      tokenizer: byBytes,
      contextLength: 128,
      model: async () => tabularModel(copyOf(state.flat)),
      [Symbol.asyncDispose]: async () => undefined,
    };
  },
});

/** The chance of one token after another, from saved weights. */
export const chanceIn = async (
  directory: string,
  from: (typeof TEXTS)[number],
  to: (typeof TEXTS)[number],
): Promise<number> => softmax((await readState(directory)).flat, tokenOf(from))[tokenOf(to)] ?? 0;
