import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../record/verdict.ts';
import { gradeOn } from './grader.ts';
import { type OpenOverseer, overseerGrader } from './overseer.ts';
import { BAD_VIEW, GOOD_VIEW, HOSTILE_VIEWS, rolloutOf } from './oversight.contract.ts';

export interface OverseerSubject {
  readonly name: string;
  open(): Promise<OpenOverseer>;
  /** Whether it can tell a good answer from a garbled one: false for a model that was never trained. */
  readonly tells: boolean;
}

const CONTEXT = {
  python: {
    name: 'none',
    run: async () => ({ kind: 'timeout' }) as const,
    [Symbol.asyncDispose]: async () => undefined,
  },
};

const scoreIn = (outcome: Outcome | undefined): number => {
  if (outcome?.kind !== 'scored') throw new Error(`expected a score, got ${JSON.stringify(outcome)}`);
  return outcome.value;
};

/** Every implementation of `Overseer` passes this. */
export const overseerContract = (subject: OverseerSubject): void => {
  describe(`${subject.name} keeps the contract of an overseer`, () => {
    let overseer: OpenOverseer;
    beforeAll(async () => {
      overseer = await subject.open();
    });
    afterAll(async () => {
      await overseer[Symbol.asyncDispose]();
      await overseer[Symbol.asyncDispose]();
    });

    test('has a name', () => {
      expect(overseer.name).not.toBe('');
    });

    test('gives one outcome per view, in order, each from 0 to 1', async () => {
      expect(await overseer.score([])).toEqual([]);
      const outcomes = await overseer.score([GOOD_VIEW, BAD_VIEW, GOOD_VIEW]);
      expect(outcomes).toHaveLength(3);
      for (const outcome of outcomes) {
        expect(scoreIn(outcome)).toBeGreaterThanOrEqual(0);
        expect(scoreIn(outcome)).toBeLessThanOrEqual(1);
      }
      expect(scoreIn(outcomes[2])).toBeCloseTo(scoreIn(outcomes[0]), 4);
    });

    test('gives a view the same score again, alone or in company', async () => {
      const [alone] = await overseer.score([GOOD_VIEW]);
      const company = await overseer.score([...Array.from({ length: 40 }, () => BAD_VIEW), GOOD_VIEW]);
      expect(scoreIn(company.at(-1))).toBeCloseTo(scoreIn(alone), 4);
    });

    if (subject.tells)
      test('prefers an answer to a garbled one', async () => {
        const [good, bad] = await overseer.score([GOOD_VIEW, BAD_VIEW]);
        expect(scoreIn(good)).toBeGreaterThan(scoreIn(bad));
      });

    test('survives hostile views: a score or a cause, never a throw', async () => {
      const outcomes = await overseer.score(HOSTILE_VIEWS);
      expect(outcomes).toHaveLength(HOSTILE_VIEWS.length);
      for (const outcome of outcomes) {
        if (outcome.kind === 'unscored') expect(outcome.cause).not.toBe('');
        else expect(outcome.value >= 0 && outcome.value <= 1).toBe(true);
      }
    });

    test('grades rollouts on the oversight channel, and a fault is nobody’s score', async () => {
      const sound = rolloutOf([{ parts: [{ kind: 'text', text: 'Seven pears.\npears: 7' }] }]);
      const fault = { side: 'provider', code: 'rate-limited', message: 'too many' } as const;
      const broken = rolloutOf([], { id: 'example/000001', stop: 'fault', faults: [fault] });
      const threw = (thrown: unknown): Outcome => ({ kind: 'unscored', side: 'grader', cause: String(thrown) });
      const verdicts = await gradeOn(overseerGrader(overseer), [broken, sound], CONTEXT, threw);
      expect(verdicts.map(({ channel, rollout, grader }) => ({ channel, rollout, grader }))).toEqual([
        { channel: 'oversight', rollout: broken.id, grader: overseer.name },
        { channel: 'oversight', rollout: sound.id, grader: overseer.name },
      ]);
      expect(verdicts[0]?.outcome).toEqual({ kind: 'unscored', side: 'provider', cause: 'rate-limited: too many' });
      expect(scoreIn(verdicts[1]?.outcome)).toBeGreaterThanOrEqual(0);
    });
  });
};
