import { runError } from '../../base/errors.ts';
import { type Rng, rng } from '../../base/rng.ts';
import type { ModelConfig } from '../model/config.ts';
import type { Decoder, Distribution } from './decoder.ts';
import { openDrafts } from './drafts.ts';
import { drawer } from './draw.ts';
import { parkedRows, sharedLength } from './parked.ts';
import { rowCache } from './row-cache.ts';
import type { Sample, SampleRequest } from './sampler.ts';
import { type StopText, stopText } from './stop-text.ts';

/**
 * The rows that one worker samples side by side. A request takes the keys and values of whatever it begins like (a row
 * that runs, or one that ended), reads the rest of its prompt but for the last token, and joins the others: each step
 * feeds the next token of every row, and a guess of the one after it, and draws for those whose prompt is used up. A
 * token has the same bits however many are fed at once, so a guess that was right saves a step and changes nothing.
 */
export interface Batch {
  readonly rows: number;
  readonly full: boolean;
  /** Takes a request as a new row. `settle` is called once, unless the row is cancelled. */
  add(request: SampleRequest, settle: (outcome: Outcome) => void): Promise<object>;
  /** Frees the row that `add` gave, if it still runs. */
  cancel(row: object): void;
  /** The next token of every row, and those after it that were guessed right. */
  step(): Promise<void>;
}

export type Outcome = { readonly sample: Sample } | { readonly error: Error };

export interface BatchOptions {
  readonly config: ModelConfig;
  readonly decoder: Decoder;
  /** Rows at once. */
  readonly maxRows: number;
  /** Most tokens of prompt and output. */
  readonly contextLength: number;
  readonly endId: number;
  /** The bytes of each id. */
  readonly bytes: (id: number) => Uint8Array;
  /** Most numbers kept of rows that ended. */
  readonly parkedNumbers: number;
}

interface Row {
  readonly request: SampleRequest;
  readonly settle: (outcome: Outcome) => void;
  /** Prompt and output. */
  readonly ids: Int32Array;
  /** How many of the ids are known, and how many of them are in the cache. */
  known: number;
  cached: number;
  readonly cachedTokens: number;
  readonly maxTokens: number;
  readonly logprobs: number[];
  readonly chance: Rng;
  readonly written: StopText;
}

/** A few tokens cost less as steps of a batch that runs anyway than as a reading of their own. */
const WORTH_READING = 8;
/** Attention holds [heads, tokens, width] at once: longer prompts are read in pieces. */
const MOST_READ = 128;
/** Guessed tokens that a step feeds beside a row's next one. Two are right too seldom to pay for their place. */
const MOST_DRAFTS = 1;

export const batchOf = (options: BatchOptions): Batch => {
  const { config, decoder, maxRows, contextLength, endId, bytes } = options;
  const cache = rowCache(config, maxRows);
  const parked = parkedRows(options.parkedNumbers);
  const dice = drawer(config.vocabSize);
  const rows: Row[] = [];
  const drafts = openDrafts();
  const stepIds = new Int32Array(maxRows * (1 + MOST_DRAFTS));
  const stepCounts = new Int32Array(maxRows);
  const stepPositions = new Int32Array(maxRows);
  const stepTemperatures = new Float64Array(maxRows);

  const longest = (): number =>
    rows.reduce(
      (most, { cached, known, ids }) => Math.max(most, known, Math.min(cached + 1 + MOST_DRAFTS, ids.length)),
      1,
    );

  /** Writes guesses after what is known of a row; returns how many tokens it has for the next step. */
  const foresee = ({ ids, cached, known }: Row): number => {
    const most = Math.min(cached + 1 + MOST_DRAFTS, ids.length);
    for (let end = known; end < most; end++) {
      const guess = drafts.next(ids, end);
      if (guess === null) return end - cached;
      ids[end] = guess;
    }
    return most - cached;
  };

  /** Gives the new row at `index` the keys and values that are known already; returns of how many tokens. */
  const takeKnown = (index: number, ids: Int32Array, most: number): number => {
    let from = -1;
    let shared = 0;
    for (const [other, row] of rows.entries()) {
      if (other === index) continue;
      const length = sharedLength(row.ids.subarray(0, row.cached), ids, most);
      if (length <= shared) continue;
      shared = length;
      from = other;
    }
    const hit = parked.find(ids, most);
    if (hit !== null && hit.shared > shared) {
      cache.unpack(hit.packed, hit.length, index, hit.shared);
      return hit.shared;
    }
    if (from >= 0) cache.copy(from, index, shared);
    return shared;
  };

  const remove = (row: Row): void => {
    const index = rows.indexOf(row);
    if (index < 0) return;
    if (options.parkedNumbers > 0) parked.keep(row.ids.slice(0, row.cached), cache.pack(index, row.cached));
    const last = rows.pop();
    if (last !== undefined && last !== row) {
      rows[index] = last;
      cache.move(rows.length, index);
    }
  };

  const finish = (row: Row, stop: Sample['stop']): void => {
    const { request, logprobs, cachedTokens } = row;
    const ids = Array.from(row.ids.subarray(request.prompt.length, row.known));
    remove(row);
    row.settle({ sample: { ids, logprobs, text: row.written.text(), stop, cachedTokens } });
  };

  /** Draws what follows at a place of the step. */
  const drawFor = (row: Row, place: number, { odds, tempered }: Distribution): void => {
    const { temperature, prompt } = row.request;
    const from = place * config.vocabSize;
    const drawn =
      temperature === 0
        ? tempered.subarray(from, from + config.vocabSize).indexOf(1)
        : dice.draw(tempered, from, row.chance.next());
    const total = tempered === odds && temperature !== 0 ? dice.total : dice.measure(odds, from);
    if (drawn < 0 || !Number.isFinite(total)) {
      remove(row);
      row.settle({ error: notFinite(row) });
      return;
    }
    // log softmax at temperature 1; the tempered weight is its power, and never 0 for what was drawn.
    const shifted = temperature === 0 ? 0 : temperature * Math.log(tempered[from + drawn] ?? 0);
    row.logprobs.push(Math.min(0, shifted - Math.log(total)));
    row.ids[row.known] = drawn;
    drafts.learn(row.ids, row.known);
    row.known += 1;
    if (drawn === endId) finish(row, 'end');
    else if (row.written.push(bytes(drawn))) finish(row, 'stop-sequence');
    else if (row.known - prompt.length >= row.maxTokens) finish(row, 'length');
  };

  /** Goes on through the places of a row for as long as they hold what the row says. */
  const take = (row: Row, first: number, count: number, distribution: Distribution): void => {
    for (let place = first; place < first + count; place++) {
      row.cached += 1;
      if (row.cached < row.known) continue;
      drawFor(row, place, distribution);
      const goesOn = rows.includes(row) && place + 1 < first + count;
      if (!goesOn || stepIds[place + 1] !== row.ids[row.cached]) return;
    }
  };

  return {
    get rows() {
      return rows.length;
    },
    get full() {
      return rows.length >= maxRows;
    },
    add: async (request, settle) => {
      const { prompt } = request;
      const maxTokens = Math.min(request.maxTokens, contextLength - prompt.length);
      const ids = new Int32Array(prompt.length + maxTokens);
      ids.set(prompt);
      const index = rows.length;
      cache.fit(Math.max(longest(), prompt.length), index);
      cache.clear(index);
      const toRead = prompt.length - 1;
      const cachedTokens = takeKnown(index, ids, toRead);
      let cached = cachedTokens;
      while (toRead - cached > WORTH_READING) {
        const count = Math.min(MOST_READ, toRead - cached);
        await decoder.read(cache, index, ids, cached, count);
        cached += count;
      }
      const row: Row = {
        request,
        settle,
        ids,
        known: prompt.length,
        cached,
        cachedTokens,
        maxTokens,
        logprobs: [],
        chance: rng(request.seed),
        written: stopText(request.stop),
      };
      rows.push(row);
      return row;
    },
    cancel: (row) => {
      const found = rows.find((candidate) => candidate === row);
      if (found !== undefined) remove(found);
    },
    step: async () => {
      const count = rows.length;
      if (count === 0) return;
      cache.fit(longest(), count);
      let warm = false;
      let tokens = 1;
      for (const [index, row] of rows.entries()) {
        stepCounts[index] = foresee(row);
        tokens = Math.max(tokens, stepCounts[index] ?? 1);
        stepPositions[index] = row.cached;
        stepTemperatures[index] = row.request.temperature;
        warm ||= row.request.temperature !== 1;
      }
      for (const [index, row] of rows.entries())
        stepIds.set(row.ids.subarray(row.cached, row.cached + (stepCounts[index] ?? 1)), index * tokens);
      const stepped = [...rows];
      const given = { rows: count, tokens, counts: stepCounts, positions: stepPositions, ids: stepIds };
      const distribution = await decoder.step(cache, given, warm ? stepTemperatures : null);
      for (const [index, row] of stepped.entries()) take(row, index * tokens, stepCounts[index] ?? 1, distribution);
    },
  };
};

const notFinite = (row: Row): Error =>
  runError({
    code: 'not-finite',
    what: 'The model gave no probabilities: its weights or activations hold NaN or Infinity.',
    given: `a prompt of ${row.request.prompt.length} tokens, after ${row.logprobs.length} sampled ones`,
    todo: 'Go back to a checkpoint from before training diverged.',
  });
