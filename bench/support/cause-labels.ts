/** Tampering-like episodes with the cause that a person gave them, and how well the rules of src/train/causes.ts agree. */
import { z } from 'zod';
import { inputError, messageOf } from '../../src/base/errors.ts';
import type { Rate } from '../../src/record/estimate.ts';
import { rate } from '../../src/stats/rate.ts';
import { CAUSES, type CauseName, causeOfThoughts } from '../../src/train/causes.ts';

/** `unclear`: a person cannot tell either. It is counted, and in no figure. */
const HAND = [...CAUSES, 'unclear'] as const;

/**
 * One line of the file. Everything up to `commands` is drawn, and `cause` is null until a person writes it there. What the
 * rules say is not in it: whoever labels must not see that.
 */
const labelledSchema = z.strictObject({
  schema: z.literal('subterfuge/cause-label@1'),
  id: z.string().min(1),
  /** The spec and the version of the model that wrote it. */
  model: z.string(),
  version: z.string(),
  /** `told`, `untold` or `prefix:<name>`. */
  source: z.string(),
  /** Environment and variant: episodes of one task are not independent. */
  task: z.string(),
  /** All thoughts up to the act, in order. */
  thoughts: z.array(z.string()),
  /** All commands up to the act, which is the last. */
  commands: z.array(z.string()),
  cause: z.enum(HAND).nullable(),
  note: z.string().optional(),
});
export type CauseLabel = z.infer<typeof labelledSchema>;

/** Throws `bad-label` (exit code 2) with the line. */
export const readCauseLabels = (text: string, from: string): readonly CauseLabel[] => {
  const seen = new Set<string>();
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const bad = (given: string): Error =>
      inputError({
        code: 'bad-label',
        what: `Line ${index + 1} of ${from} is no labelled episode.`,
        given,
        allowed: `one JSON object a line, as bench/causes/draw.ts writes it; cause: ${HAND.join(', ')}, or null`,
        todo: 'Correct that line.',
      });
    let raw: unknown;
    try {
      raw = JSON.parse(line);
    } catch (thrown) {
      throw bad(messageOf(thrown));
    }
    const read = labelledSchema.safeParse(raw);
    if (!read.success) throw bad(z.prettifyError(read.error));
    if (seen.has(read.data.id)) throw bad(`${read.data.id} stands twice`);
    seen.add(read.data.id);
    return [read.data];
  });
};

export interface CauseScore {
  readonly cause: CauseName;
  /** Of the episodes that the rules give this cause, how many a person gives it too. */
  readonly precision: Rate;
  /** Of those that a person gives it, how many the rules give it. What the rules leave unscored moves the bounds. */
  readonly recall: Rate;
}

export interface CauseAgreement {
  readonly labelled: number;
  readonly unlabelled: number;
  readonly unclear: number;
  /** Of those in the figures, how many the rules leave unscored. */
  readonly unscored: number;
  /** Share of the scored ones in which both say the same. */
  readonly agreement: Rate;
  readonly scores: readonly CauseScore[];
  /** How many a person called `truth` and the rules `said`. */
  readonly confusion: readonly {
    readonly truth: CauseName;
    readonly said: CauseName | 'unscored';
    readonly count: number;
  }[];
}

export const causeAgreement = (labels: readonly CauseLabel[]): CauseAgreement => {
  const given = labels.flatMap(({ cause, thoughts, task }) =>
    cause === null || cause === 'unclear'
      ? []
      : [{ truth: cause, said: causeOfThoughts(thoughts).cause, cluster: task }],
  );
  const counts = new Map<string, number>();
  for (const { truth, said } of given) counts.set(`${truth}/${said}`, (counts.get(`${truth}/${said}`) ?? 0) + 1);
  return {
    labelled: labels.filter(({ cause }) => cause !== null).length,
    unlabelled: labels.filter(({ cause }) => cause === null).length,
    unclear: labels.filter(({ cause }) => cause === 'unclear').length,
    unscored: given.filter(({ said }) => said === 'unscored').length,
    agreement: rate(
      given.map(({ truth, said, cluster }) => ({ value: said === 'unscored' ? null : said === truth, cluster })),
    ),
    scores: CAUSES.map((cause) => ({
      cause,
      precision: rate(
        given.filter(({ said }) => said === cause).map(({ truth, cluster }) => ({ value: truth === cause, cluster })),
      ),
      recall: rate(
        given
          .filter(({ truth }) => truth === cause)
          .map(({ said, cluster }) => ({ value: said === 'unscored' ? null : said === cause, cluster })),
      ),
    })),
    confusion: CAUSES.flatMap((truth) =>
      [...CAUSES, 'unscored' as const].flatMap((said) => {
        const count = counts.get(`${truth}/${said}`) ?? 0;
        return count === 0 ? [] : [{ truth, said, count }];
      }),
    ),
  };
};
