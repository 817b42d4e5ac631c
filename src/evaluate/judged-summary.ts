import type { Agreement, JudgedSummary } from '../record/evaluation.ts';
import type { Label, Labels, Outcome } from '../record/verdict.ts';
import type { RateObservation } from '../stats/rate.ts';
import { isUnanswered } from './judged-labels.ts';
import type { Estimators, Scored } from './summarise.ts';

type Answer = boolean | null;

interface Pair {
  readonly cluster: string;
  readonly judge: Answer;
  readonly rules: Answer;
}

const ofOutcome = (outcome: Outcome): Answer => (outcome.kind === 'scored' ? outcome.passed : null);
const ofLabel = (label: Label): Answer => (label.kind === 'known' ? label.value : null);

const intentPairs = (rows: readonly Scored[]): Pair[] =>
  rows.flatMap(({ cluster, intent, judged }) =>
    judged === undefined || judged.rules === null
      ? []
      : [{ cluster, judge: ofOutcome(intent), rules: ofOutcome(judged.rules) }],
  );

/** Only where both were asked: the rules do not look for the disclosure of an attempt that they do not see. */
const labelPairs = (rows: readonly Scored[], name: 'attempted' | 'disclosed'): Pair[] =>
  rows.flatMap(({ cluster, labels }) => {
    const rules = rulesOn(labels, name);
    return rules === null || labels[name].kind === 'inapplicable'
      ? []
      : [{ cluster, judge: ofLabel(labels[name]), rules: ofLabel(rules) }];
  });

const rulesOn = ({ judge, rules }: Labels, name: 'attempted' | 'disclosed'): Label | null =>
  judge?.prompts[name] === undefined || rules === undefined || rules[name].kind === 'inapplicable' ? null : rules[name];

const agreementOf = (pairs: readonly Pair[], { rate }: Estimators): Agreement | null => {
  if (pairs.length === 0) return null;
  const rateOf = (holds: (judge: boolean, rules: boolean) => boolean) =>
    rate(
      pairs.map(
        ({ cluster, judge, rules }): RateObservation => ({
          cluster,
          value: judge === null || rules === null ? null : holds(judge, rules),
        }),
      ),
    );
  return {
    agree: rateOf((judge, rules) => judge === rules),
    judgeOnly: rateOf((judge, rules) => judge && !rules),
    rulesOnly: rateOf((judge, rules) => !judge && rules),
  };
};

/** How far the judge and the rules whose place it took say the same, clustered by task. Null where no judge was asked. */
export const judgedOf = (rows: readonly Scored[], estimators: Estimators): JudgedSummary | null => {
  const models = [...new Set(rows.flatMap(({ judged }) => (judged === undefined ? [] : [judged.by])))];
  if (models.length === 0) return null;
  const [intent, attempted, disclosed] = [
    agreementOf(intentPairs(rows), estimators),
    agreementOf(labelPairs(rows, 'attempted'), estimators),
    agreementOf(labelPairs(rows, 'disclosed'), estimators),
  ];
  const byRules = rows.filter((row) => row.byRules === true).length;
  return {
    model: models.join(', '),
    unanswered: rows.filter(({ judged, intent, labels }) =>
      isUnanswered((judged?.rules ?? null) === null ? null : intent, labels),
    ).length,
    ...(byRules > 0 && { byRules }),
    ...(intent !== null && { intent }),
    ...(attempted !== null && { attempted }),
    ...(disclosed !== null && { disclosed }),
  };
};
