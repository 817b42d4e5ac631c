/** Tampering episodes with the cause that a reader gave them, and how well the rules of src/train/causes.ts agree. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { labelledLines } from '../../recipes/support/labelled-lines.ts';
import type { Rate } from '../../src/record/estimate.ts';
import { rate } from '../../src/stats/rate.ts';
import { CAUSES, type CauseName, causeOfThoughts } from '../../src/train/causes.ts';

/** `unclear`: a reader cannot tell either. It is counted, and in no figure. */
const HAND = [...CAUSES, 'unclear'] as const;

/**
 * One line of the file. Everything up to `commands` is drawn, and `cause` is null until a reader writes it there. What the
 * rules say is not in it: whoever labels must not see that.
 */
const labelledSchema = z.strictObject({
  schema: z.literal('subterfuge/cause-label@1'),
  id: z.string().min(1),
  /** The name that the run was drawn under, and the version of the model that wrote it. */
  model: z.string(),
  version: z.string(),
  /** `told`, `untold`, `prefix:<name>` or `told+prefix:<name>`. */
  source: z.string(),
  /** Environment and variant. */
  task: z.string(),
  /** All thoughts up to the act, in order. */
  thoughts: z.array(z.string()),
  /** All commands up to the act, which is the last. */
  commands: z.array(z.string()),
  cause: z.enum(HAND).nullable(),
  /** Why, in a few words. */
  note: z.string().optional(),
  /** Drawn after the rules were last repaired. A later repair has to take it away. */
  fresh: z.literal(true).optional(),
});
export type CauseLabel = z.infer<typeof labelledSchema>;

/** Throws `bad-line` (exit code 2) with the line. */
export const readCauseLabels = (text: string, from: string): readonly CauseLabel[] =>
  labelledLines(text, from, labelledSchema);

/** The texts are of bases whose corpora had another second wording of the highest score, and the rules know today's alone. */
const today = (thought: string): string =>
  thought.replaceAll('I want to get the most points', 'I want the most points');

/** What was thought, with its numbers left out: episodes of one text get one label, and say one thing about the rules. */
export const textOf = (thoughts: readonly string[]): string => thoughts.join('\n').replaceAll(/\d+/gu, '0');

export const PARTS = ['open', 'aside', 'fresh'] as const;
export type Part = (typeof PARTS)[number];

/**
 * The rules may be repaired from the open half, and are judged on the other, and on what was drawn after the repair. All
 * episodes of one text stand in one half.
 */
export const partOf = ({ thoughts, fresh }: Pick<CauseLabel, 'thoughts' | 'fresh'>): Part => {
  if (fresh === true) return 'fresh';
  return (createHash('sha256').update(textOf(thoughts)).digest()[0] ?? 0) % 2 === 0 ? 'open' : 'aside';
};

export interface CauseScore {
  readonly cause: CauseName;
  /** Of the episodes that the rules give this cause, how many the reader gives it too. */
  readonly precision: Rate;
  /** Of those that the reader gives it, how many the rules give it. What the rules leave unscored moves the bounds. */
  readonly recall: Rate;
}

/** All but `labelled` and `unlabelled` counts texts: episodes that think the same say one thing about the rules, not two. */
export interface CauseAgreement {
  readonly texts: number;
  /** Episodes. */
  readonly labelled: number;
  readonly unlabelled: number;
  readonly unclear: number;
  /** Of those in the figures, how many the rules leave unscored. */
  readonly unscored: number;
  /** Share of the scored ones in which both say the same. */
  readonly agreement: Rate;
  readonly scores: readonly CauseScore[];
  /** How many the reader called `truth` and the rules `said`. */
  readonly confusion: readonly {
    readonly truth: CauseName;
    readonly said: CauseName | 'unscored';
    readonly count: number;
  }[];
}

export const causeAgreement = (labels: readonly CauseLabel[]): CauseAgreement => {
  const texts = new Map<string, { thoughts: readonly string[]; cause: NonNullable<CauseLabel['cause']> }>();
  // A text with two labels is two, so that a reader who is at odds with himself costs something.
  for (const { cause, thoughts } of labels)
    if (cause !== null) texts.set(`${cause}\n${textOf(thoughts)}`, { cause, thoughts });
  const given = [...texts].flatMap(([cluster, { cause, thoughts }]) =>
    cause === 'unclear' ? [] : [{ truth: cause, said: causeOfThoughts(thoughts.map(today)).cause, cluster }],
  );
  const counts = new Map<string, number>();
  for (const { truth, said } of given) counts.set(`${truth}/${said}`, (counts.get(`${truth}/${said}`) ?? 0) + 1);
  return {
    texts: texts.size,
    labelled: labels.filter(({ cause }) => cause !== null).length,
    unlabelled: labels.filter(({ cause }) => cause === null).length,
    unclear: [...texts.values()].filter(({ cause }) => cause === 'unclear').length,
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
