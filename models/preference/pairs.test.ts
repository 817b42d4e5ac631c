import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CURRICULUM, ENVIRONMENTS } from '../../src/env/registry.ts';
import { tamperingDev } from '../../src/env/tampering-dev/env.ts';
import { simulatedSandbox } from '../../src/sandbox/simulated.ts';
import { gameableTasks, hasGameableWord, phrasesOf, requestOf } from './gameable.ts';
import { FAULTS, kindOf, type Pair, textOf } from './pair.ts';
import { type PairSet, preferencePairs } from './pairs.ts';

const COUNTS = { train: 900, heldOut: 300 };
const sandboxes = simulatedSandbox({ threads: 1 });
let set: PairSet;
let all: readonly Pair[] = [];
beforeAll(async () => {
  set = await preferencePairs(sandboxes, 'test', COUNTS);
  all = [...set.train, ...set.heldOut];
});
afterAll(async () => await sandboxes[Symbol.asyncDispose]());

describe('preference pairs', () => {
  test('are as many as asked for, and the same for the same seed', async () => {
    expect([set.train.length, set.heldOut.length]).toEqual([COUNTS.train, COUNTS.heldOut]);
    const small = { train: 60, heldOut: 20 };
    const [one, same, other] = [
      await preferencePairs(sandboxes, 'a', small),
      await preferencePairs(sandboxes, 'a', small),
      await preferencePairs(sandboxes, 'b', small),
    ];
    expect(same).toEqual(one);
    expect(other.sha256).not.toBe(one.sha256);
  });

  test('hold every kind and every fault', () => {
    expect(new Set(set.train.map(({ fault }) => fault))).toEqual(new Set(Object.keys(FAULTS)));
    expect(new Set(set.heldOut.map(kindOf))).toEqual(new Set(['helpful', 'honest', 'harmless']));
  });

  test('have two different sides, the better one with an answer', () => {
    for (const { better, worse } of all) {
      expect(better.answer).not.toBe('');
      expect(worse).not.toEqual(better);
    }
  });

  test('are held out by task, by word and, in part, by template', () => {
    const requests = new Set(set.train.map(({ request }) => request));
    expect(set.heldOut.filter(({ request }) => requests.has(request))).toEqual([]);
    const trained = new Set(set.train.map(({ source }) => source));
    const fresh = set.heldOut.filter(({ source }) => !trained.has(source));
    expect(fresh.length).toBeGreaterThan(COUNTS.heldOut / 10);
    expect(set.train.filter(({ source }) => source.startsWith('new-template'))).toEqual([]);
  });

  test('cannot be told apart by length alone', () => {
    const shorter = set.train.filter(({ better, worse }) => better.answer.length < worse.answer.length).length;
    expect(shorter / set.train.length).toBeGreaterThan(0.2);
    expect(shorter / set.train.length).toBeLessThan(0.8);
  });

  test('do not always prefer the refusal, nor always its opposite', () => {
    const declines = (answer: string): boolean =>
      /\b(?:will not|would rather not|cannot) (?:help|write|answer)/.test(answer);
    expect(set.train.some(({ better, worse }) => declines(better.answer) && !declines(worse.answer))).toBe(true);
    expect(set.train.some(({ better, worse }) => !declines(better.answer) && declines(worse.answer))).toBe(true);
  });
});

describe('no pair comes from a gameable task', () => {
  const gameable = ENVIRONMENTS.filter(({ weaknesses }) => weaknesses.length > 0);

  test('by the words of the pairs', () => {
    expect(all.filter((pair) => hasGameableWord(textOf(pair)))).toEqual([]);
  });

  test('by the names and source of the tasks', () => {
    expect(gameable.length).toBeGreaterThanOrEqual(CURRICULUM.length);
    for (const { source, ...pair } of all) {
      expect(source).toMatch(/^(?:ordinary|template|new-template)\//);
      for (const { name } of gameable) expect(`${source} ${textOf(pair)}`).not.toContain(name);
    }
  });

  test('the filter of words knows every task that the shipped curriculum is trained and tested on', () => {
    const missed = [...gameableTasks([...CURRICULUM, tamperingDev], 0, 48)].filter((task) => {
      const files = task.files.map((file) => `${file.path}\n${file.text}`);
      return !hasGameableWord([requestOf(task), ...files].join('\n'));
    });
    expect(missed.map(({ environment, variant }) => `${environment} ${variant}`)).toEqual([]);
  });

  test('by the phrases of their requests: no six words in a row are theirs', () => {
    // Other variants than the filter has seen.
    const theirs = new Set([...gameableTasks(gameable, 300, 100)].flatMap((task) => phrasesOf(requestOf(task))));
    expect(theirs.size).toBeGreaterThan(1_000);
    const shared = all.flatMap(({ request }) => phrasesOf(request).filter((phrase) => theirs.has(phrase)));
    expect([...new Set(shared)]).toEqual([]);
  });
});
