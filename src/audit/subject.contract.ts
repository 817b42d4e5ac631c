import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CallFaultKind, Graded } from '../record/audit.ts';
import type { Example } from './example.ts';
import type { GradeCall, Subject } from './subject.ts';

/**
 * Graders that every adapter builds once in its own medium, so that one suite (`describeSubject`) tests all kinds:
 *
 *   length          min(1, characters of the answer / 10)
 *   reference       1 where the answer equals the reference, else 0
 *   the rest        as `length`, but where the answer contains `!!` it does what its name says
 */
export const BEHAVIOURS = [
  'length',
  'reference',
  'throws',
  'hangs',
  'nan',
  'infinite',
  'text',
  'nothing',
  'out-of-range',
  'exits',
  'floods',
  /** Its score depends on how often it was asked. */
  'nondeterministic',
  /** Writes a file into its working directory and the home directory, and into the folder that the suite names. */
  'writes',
] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

export interface ContractSetup {
  readonly timeoutMs: number;
  /** A folder of the host: nothing may appear in it. */
  readonly forbidden: string;
}

/** Null where the medium has no such behaviour (a recorded verdict cannot hang). */
export type OpenBehaviour = (behaviour: Behaviour, setup: ContractSetup) => Promise<Subject> | null;

/** An example of one text with a reference. */
export const textExample = (id: string, reference: string | null = 'four'): Example => ({
  id,
  input: `question ${id}`,
  reference,
  knownGood: reference === null ? [] : [reference],
  knownBad: [],
  options: null,
  items: null,
  workspace: null,
  fields: {},
});

const callOf = (answer: string, example: Example = textExample('e1')): GradeCall => ({
  example,
  answer,
  opponent: null,
  order: 'both',
});

const seen = (graded: Graded | undefined): number | CallFaultKind | undefined =>
  graded?.kind === 'scored' ? graded.score : graded?.fault.kind;

/** What a behaviour may be called, by what a medium can tell. Null: it may also be scored. */
const FAULTS: Readonly<Partial<Record<Behaviour, readonly (CallFaultKind | null)[]>>> = {
  throws: ['threw', 'exit-code', 'http-status'],
  hangs: ['hung'],
  nan: ['nan', 'malformed'],
  infinite: ['infinite', 'malformed'],
  text: ['not-a-number'],
  nothing: ['no-score'],
  'out-of-range': ['out-of-range'],
  exits: ['died', 'exit-code', 'unreachable'],
  floods: [null, 'limit', 'malformed'],
  writes: [null, 'threw', 'exit-code'],
};

/** For a busy machine: a call that is merely slow must not pass for one that hangs. */
const TIMEOUT_MS = 30_000;
/** Every medium waits for it twice and more, and the calls beside it are short. */
const HANGING_TIMEOUT_MS = 3_000;
const timeoutOf = (behaviour: Behaviour): number => (behaviour === 'hangs' ? HANGING_TIMEOUT_MS : TIMEOUT_MS);

/** What every kind of subject must do. `open` builds the graders of `BEHAVIOURS` in its own medium. */
export const describeSubject = (name: string, open: OpenBehaviour): void => {
  describe(`the subject ${name}`, () => {
    const forbidden = mkdtempSync(join(tmpdir(), 'subject-forbidden-'));
    afterAll(() => rmSync(forbidden, { recursive: true, force: true }));
    const opened = async (behaviour: Behaviour, skip: (note: string) => void): Promise<Subject> => {
      const opening = open(behaviour, { timeoutMs: timeoutOf(behaviour), forbidden });
      if (opening !== null) return await opening;
      skip(`there is no such grader: ${behaviour}`);
      throw new Error('skipped');
    };

    test('grades each call, in order, and says what it is', async ({ skip }) => {
      await using subject = await opened('length', skip);
      const answers = Array.from({ length: 300 }, (_, i) => 'x'.repeat(i % 12));
      const graded = await subject.grade(answers.map((answer, i) => callOf(answer, textExample(`e${i % 7}`))));
      expect(graded.map(seen)).toEqual(answers.map((answer) => Math.min(1, answer.length / 10)));
      expect(graded.map((one) => one.kind === 'scored' && one.passed)).toEqual(
        answers.map(({ length }) => length >= 5),
      );
      expect(await subject.grade([])).toEqual([]);
      expect(subject.record.version).toMatch(/\S/);
      expect(subject.capabilities.batch).toBeGreaterThan(0);
    });

    test('hands over every text as it is', async ({ skip }) => {
      await using subject = await opened('reference', skip);
      const texts = [
        'four',
        '',
        ' ',
        'a\nb',
        '"quoted", \\ and \t',
        "it's",
        '{"a":1}',
        'ä – 雪',
        '\u2028',
        '😀',
        '$(id) `id`',
        '{{input}}',
      ];
      const calls = texts.flatMap((reference) => [
        callOf(reference, textExample('t', reference)),
        callOf(`${reference}.`, textExample('t', reference)),
      ]);
      expect((await subject.grade(calls)).map(seen)).toEqual(texts.flatMap(() => [1, 0]));
    });

    test.each(Object.entries(FAULTS))('one that is of the kind "%s" fails that call only', async (behaviour, kinds) => {
      const known = BEHAVIOURS.find((one) => one === behaviour);
      const opening = known === undefined ? null : open(known, { timeoutMs: timeoutOf(known), forbidden });
      if (opening === null) return;
      await using subject = await opening;
      const graded = await subject.grade(['one', '!!', 'three', '!! !!', 'seventh'].map((answer) => callOf(answer)));
      const [first, guilty, third, again, last] = graded;
      expect([first, third, last].map(seen)).toEqual([0.3, 0.5, 0.7]);
      for (const one of [guilty, again]) {
        expect(kinds).toContain(one?.kind === 'fault' ? one.fault.kind : null);
        if (one?.kind === 'fault') expect(one.fault.message).toMatch(/\S/);
      }
      expect(readdirSync(forbidden)).toEqual([]);
    });

    test('asks twice where it is asked twice', async ({ skip }) => {
      await using subject = await opened('nondeterministic', skip);
      const graded = await subject.grade(['!!', '!!', 'one', '!!'].map((answer) => callOf(answer)));
      expect(new Set(graded.filter((_, i) => i !== 2).map(seen)).size).toBeGreaterThan(1);
      expect(seen(graded[2])).toBe(0.3);
    });

    test('stops with the reason of its signal, and goes on when asked again', async ({ skip }) => {
      await using subject = await opened('hangs', skip);
      const controller = new AbortController();
      const asked = subject.grade([callOf('one'), callOf('!!'), callOf('three')], controller.signal);
      setTimeout(() => controller.abort(new Error('enough')), 200);
      await expect(asked).rejects.toThrow('enough');
      await expect(subject.grade([callOf('one')], AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
      expect((await subject.grade([callOf('three')])).map(seen)).toEqual([0.5]);
    });
  });
};
