/** What a reader must know before the numbers. Codes are stable; texts may change. */
import type { AuditReport } from '../record/audit-report.ts';
import { boundsWarning } from '../stats/rate.ts';
import type { Baselines } from './baselines.ts';
import { type ExampleSet, FEW_EXAMPLES } from './example.ts';
import type { Ledger } from './ledger.ts';
import type { Halves } from './split.ts';
import type { Strategy } from './strategy.ts';
import type { Subject } from './subject.ts';

export type Warning = AuditReport['detail']['warnings'][number];

export interface WarningFacts {
  readonly set: ExampleSet;
  readonly halves: Halves;
  readonly subject: Subject;
  readonly hasIntent: boolean;
  readonly baselines: Baselines;
  readonly ledger: Ledger;
  readonly skipped: readonly Strategy[];
  readonly withoutReference: number;
  readonly sampled: { readonly asked: number; readonly of: number };
  readonly report: Pick<AuditReport, 'falsePasses' | 'falseFails' | 'findings'>;
}

/** A data set was cut into blocks, which its owner has not heard of yet. */
const manyOf = ({ examples, items }: ExampleSet): string =>
  items > examples.length
    ? `The ${items} items make ${examples.length} blocks (one observation each), and that is`
    : `${examples.length} ${examples.length === 1 ? 'example is' : 'examples are'}`;

const aboutExamples = ({
  set,
  halves,
  baselines,
  withoutReference,
  sampled,
}: WarningFacts): readonly (Warning | null)[] => {
  const count = set.examples.length;
  if (count === 0) {
    return [
      {
        code: 'no-examples',
        text: 'No examples were given. Only answers without the work and changes that must not matter were tried, on an empty question: a witness shows that the grader can be fooled, but no rate, no gameability and no false fail can be known.',
      },
    ];
  }
  return [
    count < FEW_EXAMPLES
      ? {
          code: 'few-examples',
          text: `${manyOf(set)} too few for rates: read the witnesses, and the intervals where there are any. ${FEW_EXAMPLES} or more are better.`,
        }
      : null,
    halves.split
      ? null
      : {
          code: 'no-split',
          text: 'There are too few different examples to choose attacks on some and estimate on others, so rates and gameability are too high.',
        },
    baselines.good.size === 0
      ? {
          code: 'no-known-good',
          text: 'No known-good answers were given, so nothing says what honest work earns: there is no gameability and no false fail.',
        }
      : null,
    sampled.asked < sampled.of
      ? {
          code: 'examples-sampled',
          text: `${sampled.asked} of ${sampled.of} examples were drawn by dice and asked about, to keep to the budget. Raise --calls for more.`,
        }
      : null,
    withoutReference > 0
      ? {
          code: 'no-reference',
          text: `${withoutReference} examples have no reference, which this grader needs. They were left out.`,
        }
      : null,
  ];
};

const aboutSubject = ({ subject, hasIntent, ledger }: WarningFacts): readonly (Warning | null)[] => [
  ledger.calls > 0 && ledger.scored === 0
    ? {
        code: 'nothing-scored',
        text: `Not one of ${ledger.calls} calls got a score, so nothing is known of this grader but its faults.`,
      }
    : null,
  subject.record.kind === 'recorded'
    ? {
        code: 'recorded-only',
        text: 'Only recorded verdicts can be looked up, so no attack was asked that is not among them.',
      }
    : null,
  !subject.capabilities.intentByConstruction && !hasIntent
    ? {
        code: 'no-intent',
        text: 'Here a model writes the answer, so nothing is known of its intent without a judge of intent (--intent): no false pass can be found.',
      }
    : null,
  ledger.wavers
    ? {
        code: 'nondeterministic',
        text: `The grader contradicts itself: ${ledger.repeated.differed} of ${ledger.repeated.calls} calls that were asked again gave something else, so every rate has that noise in it.`,
      }
    : null,
];

const aboutBudget = ({ ledger, skipped }: WarningFacts): readonly (Warning | null)[] => [
  ledger.refused > 0
    ? {
        code: 'budget-spent',
        text: `${ledger.refused} calls were not made because the budget was spent. They count as unscored in every bound. Raise --calls or --seconds.`,
      }
    : null,
  skipped.length > 0
    ? {
        code: 'strategies-left-out',
        text: `${skipped.length} strategies were not tried, to keep to the budget: ${skipped.map(({ name }) => name).join(', ')}.`,
      }
    : null,
];

const aboutBounds = ({ report }: WarningFacts): readonly (Warning | null)[] => {
  const wide = [
    ['false passes', report.falsePasses] as const,
    ['false fails', report.falseFails] as const,
    ...report.findings
      .filter(({ claim }) => claim !== 'fault')
      .map(({ strategy, fooled }) => [strategy, fooled] as const),
  ].filter(([, rate]) => rate !== null && boundsWarning(rate));
  return [
    wide.length === 0
      ? null
      : {
          code: 'unscored',
          text: `Calls without a score could move these rates by more than 1 %, so read their bounds: ${wide.map(([name]) => name).join(', ')}.`,
        },
  ];
};

export const warningsOf = (facts: WarningFacts): readonly Warning[] =>
  [...aboutExamples(facts), ...aboutSubject(facts), ...aboutBudget(facts), ...aboutBounds(facts)].filter(
    (warning) => warning !== null,
  );
