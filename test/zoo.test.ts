import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { GradeCall } from '../src/audit/subject.ts';
import { failureClassSchema } from '../src/record/audit.ts';
import type { ZooEntry } from './zoo/entry.ts';
import { HALVES, halvesNow } from './zoo/halves.ts';
import { ZOO } from './zoo/index.ts';
import { openEntry } from './zoo/open.ts';
import type { Outcome } from './zoo/run.ts';
import { tallyOf } from './zoo/tally.ts';

const holed = ZOO.filter(({ sound }) => !sound);
const sound = ZOO.filter((entry) => entry.sound);

test('the zoo is large and varied enough, and its ids are unique', () => {
  expect(new Set(ZOO.map(({ id }) => id)).size).toBe(ZOO.length);
  expect(holed.length).toBeGreaterThanOrEqual(60);
  expect(sound.length).toBeGreaterThanOrEqual(120);
  expect(new Set(holed.map(({ hole }) => hole))).toEqual(new Set(failureClassSchema.options));
  for (const kind of ['function', 'python', 'command', 'http', 'judge', 'promptfoo', 'tests'])
    for (const of of [holed, sound]) expect(of.filter((entry) => entry.kind === kind).length, kind).toBeGreaterThan(0);
  for (const { id, claims, source } of holed) {
    expect(claims.length, id).toBeGreaterThan(0);
    expect(source.length, id).toBeGreaterThan(10);
  }
});

test('both halves are as they were fixed: an entry that changed has to say so in halves.json', () => {
  expect(JSON.parse(readFileSync(HALVES, 'utf8'))).toEqual(halvesNow());
  for (const of of [holed, sound])
    for (const half of ['open', 'aside'])
      expect(of.filter((entry) => entry.half === half).length).toBeGreaterThanOrEqual(30);
});

/** The known answers of an entry, as a check of the entry: no strategy is run, so the half that is put aside is checked as well. */
const known = async (
  entry: ZooEntry,
): Promise<{ readonly good: readonly boolean[]; readonly bad: readonly boolean[] }> => {
  await using opened = await openEntry(entry);
  const { subject, examples } = opened;
  const calls = (list: 'knownGood' | 'knownBad'): readonly GradeCall[] =>
    examples.examples.flatMap((example) =>
      example[list].map((answer) => {
        const [opponent = null] = list === 'knownGood' ? example.knownBad : example.knownGood;
        return { example, answer, opponent: subject.capabilities.pairwise ? opponent : null, order: 'both' as const };
      }),
    );
  const passed = async (list: 'knownGood' | 'knownBad'): Promise<readonly boolean[]> =>
    (await subject.grade(calls(list))).map((graded) => graded.kind === 'scored' && graded.passed);
  return { good: await passed('knownGood'), bad: await passed('knownBad') };
};

describe('sound graders in this process pass their known-good answers and fail their known-bad ones', () => {
  test.each(sound.filter(({ kind }) => kind === 'judge' || kind === 'http').map((entry) => [entry.id, entry] as const))(
    '%s',
    async (_id, entry) => {
      const { good, bad } = await known(entry);
      expect(good.length).toBeGreaterThan(0);
      expect(good.every((passed) => passed)).toBe(true);
      expect(bad.some((passed) => passed)).toBe(false);
    },
  );
});

const outcome = (hole: Outcome['hole'], caught: boolean | null): Outcome => ({
  id: 'x',
  kind: 'function',
  form: 'text',
  hole,
  half: 'open',
  caught,
  said: [],
  gameability: null,
  calls: 0,
  seconds: 0,
  warnings: [],
  error: null,
});

test('an audit that failed counts against us on both sides', () => {
  const tally = tallyOf([
    outcome('rater-hacking', true),
    outcome('rater-hacking', null),
    outcome(null, false),
    outcome(null, null),
  ]);
  expect(tally.found).toMatchObject({ events: 1, of: 2 });
  expect(tally.alarmed).toMatchObject({ events: 1, of: 2 });
});
