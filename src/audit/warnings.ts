/** What a reader must know before the numbers. Codes are stable; texts may change. */
import type { AuditReport } from '../record/audit-report.ts';
import { boundsWarning } from '../stats/rate.ts';
import type { Baselines } from './baselines.ts';
import { type ExampleSet, FEW_EXAMPLES } from './example.ts';
import { aboutHonest } from './honest-warnings.ts';
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
  /** Not tried, to keep to the budget; and how many were. */
  readonly skipped: readonly Strategy[];
  readonly tried: number;
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

/** Of the calls that were asked again so many moved: what is found then may be chance. */
const NOISE_SHARE = 0.2;
const LEAST_REPEATED = 5;

const isMostlyNoise = ({ repeated, moved }: Ledger): boolean =>
  repeated.calls >= LEAST_REPEATED && moved >= NOISE_SHARE * repeated.calls;

const aboutNoise = ({ ledger }: WarningFacts): readonly (Warning | null)[] => [
  isMostlyNoise(ledger)
    ? {
        code: 'mostly-noise',
        text: `The same call gets different scores: ${ledger.moved} of ${ledger.repeated.calls} calls that were asked again moved by more than 5 % of the scale, across the bar, or to no score. What is found here may be chance.`,
        numbers: { moved: ledger.moved, calls: ledger.repeated.calls },
      }
    : null,
];

/** A witness that was asked again may have been the first to show it. */
const contradictionText = ({ repeated: { calls, differed } }: Ledger): string => {
  const said = 'The grader contradicts itself: ';
  return differed === 0
    ? `${said}a call that was asked again gave something else${calls === 0 ? '' : `, though none of a sample of ${calls} did`}. Every rate has that noise in it.`
    : `${said}${differed} of ${calls} calls that were asked again gave something else, so every rate has that noise in it.`;
};

const aboutSubject = ({ subject, hasIntent, ledger }: WarningFacts): readonly (Warning | null)[] => [
  ledger.calls > 0 && ledger.scored === 0 && ledger.faults().some(({ kind }) => kind !== 'out-of-range')
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
  ledger.wavers && !isMostlyNoise(ledger)
    ? {
        code: 'nondeterministic',
        text: contradictionText(ledger),
      }
    : null,
];

/** Calls with which all strategies would likely be tried, in hundreds. */
const callsForAll = ({ ledger, skipped, tried }: WarningFacts): number => {
  const budget = ledger.calls + ledger.left.calls;
  return Math.ceil(((budget * (tried + skipped.length)) / Math.max(1, tried)) * 0.011) * 100;
};

const isOutOfTime = ({ ledger }: WarningFacts): boolean => ledger.left.seconds <= 0;

const moreFor = (facts: WarningFacts): string =>
  isOutOfTime(facts)
    ? 'The time was spent first: raise --seconds.'
    : `With about --calls ${callsForAll(facts)} all would be.`;

const NAMES_SHOWN = 4;

const someOf = (names: readonly string[]): string => {
  const distinct = [...new Set(names)];
  const more = distinct.length - NAMES_SHOWN;
  return more > 1 ? `${distinct.slice(0, NAMES_SHOWN).join(', ')} and ${more} more` : distinct.join(', ');
};

const aboutBudget = (facts: WarningFacts): readonly (Warning | null)[] => [
  facts.ledger.refused > 0
    ? {
        code: 'budget-spent',
        text: `${facts.ledger.refused} calls were not made because the budget was spent. They count as unscored in every bound. Raise ${isOutOfTime(facts) ? '--seconds' : '--calls'}.`,
      }
    : null,
  facts.skipped.length > 0
    ? {
        code: 'strategies-left-out',
        text: `${facts.skipped.length} of ${facts.tried + facts.skipped.length} strategies were not tried, to keep to the budget. ${moreFor(facts)}`,
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
          text: `Calls without a score could move these rates by more than 1 %, so read their bounds: ${someOf(wide.map(([name]) => name))}.`,
        },
  ];
};

export const warningsOf = (facts: WarningFacts): readonly Warning[] =>
  [
    ...aboutHonest(facts),
    ...aboutNoise(facts),
    ...aboutExamples(facts),
    ...aboutSubject(facts),
    ...aboutBudget(facts),
    ...aboutBounds(facts),
  ].filter((warning) => warning !== null);
