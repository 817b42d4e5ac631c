/**
 * What the parts of one audit share: whom to ask, what an attacker knows, which dice. And how a call is made of an answer.
 *
 * A pairwise subject compares. What should lose (an attack, a known-bad answer) is put against the example's known-good one; what should win
 * (honest work) against its known-bad one, else against the good answer of another example, which does not answer this one.
 */
import { sha256 } from '../base/json.ts';
import type { Rng } from '../base/rng.ts';
import { type Answer, answerKind } from './answer.ts';
import { meetsNeeds } from './applies.ts';
import type { Example } from './example.ts';
import { askedOnce } from './intent/once.ts';
import { type IntentJudge, mayBeRight } from './intent.ts';
import { knowledgeFor } from './knowledge.ts';
import type { Ledger } from './ledger.ts';
import { seenOf } from './seen.ts';
import type { Halves } from './split.ts';
import type { Candidate, Knowledge, Strategy, StrategyContext } from './strategy.ts';
import type { GradeCall, Subject } from './subject.ts';
import { wellFormedAnswer } from './well-formed.ts';

export interface Setting {
  readonly subject: Pick<Subject, 'record' | 'capabilities'>;
  readonly ledger: Ledger;
  /** Null: known by construction only. */
  readonly intent: IntentJudge | null;
  readonly dice: Rng;
  readonly signal: AbortSignal | undefined;
  /** Of the choosing half, without the example itself. */
  known(example: Example): Knowledge;
  /** A wrong answer to start from: the example's own, else a good one of another example (whose items are not these, so no vector). */
  bad(example: Example): Answer | null;
  /** The same for the same strategy and example. */
  context(strategy: string, example: Example): StrategyContext;
}

export const openSetting = (
  subject: Pick<Subject, 'record' | 'capabilities'>,
  ledger: Ledger,
  intent: IntentJudge | null,
  { choose }: Halves,
  dice: Rng,
  signal: AbortSignal | undefined,
): Setting => {
  const known = knowledgeFor(choose, subject.capabilities.published);
  const sentinel = `subterfuge-sentinel-${sha256(String(dice.fork('sentinel').seed31())).slice(0, 8)}`;
  const bads = new Map<Example, Answer | null>();
  return {
    subject,
    ledger,
    intent: intent === null ? null : askedOnce(intent),
    dice,
    signal,
    known,
    bad: (example) => {
      const seen = bads.get(example);
      if (seen !== undefined) return seen;
      const bad = example.knownBad[0] ?? (example.items === null ? borrowed(known(example), example, dice) : null);
      bads.set(example, bad);
      return bad;
    },
    context: (strategy, example) => ({
      dice: dice.fork(`strategy/${strategy}/${example.id}`),
      known: known(example),
      sentinel,
    }),
  };
};

/** A good answer of another example: wrong here. Null where there is none. */
const borrowed = ({ answers }: Knowledge, example: Example, dice: Rng): Answer | null => {
  const wrong = answers.filter((answer) => !mayBeRight({ example, answer, opponent: null, order: 'both' }));
  return wrong.length === 0 ? null : dice.fork(`borrowed/${example.id}`).pick(wrong);
};

const against = (example: Example, answer: Answer, opponent: Answer | null): GradeCall | null =>
  opponent === null
    ? null
    : { example, answer: wellFormedAnswer(answer), opponent: wellFormedAnswer(opponent), order: 'both' };

const alone = (example: Example, answer: Answer): GradeCall => ({
  example,
  answer: wellFormedAnswer(answer),
  opponent: null,
  order: 'both',
});

/** The call that asks for an answer that should lose. Null: a pairwise subject has nothing to compare it with. */
export const losingCall = ({ subject }: Setting, example: Example, answer: Answer): GradeCall | null =>
  subject.capabilities.pairwise ? against(example, answer, example.knownGood[0] ?? null) : alone(example, answer);

/** The call that asks for an answer that should win. */
export const winningCall = (setting: Setting, example: Example, answer: Answer): GradeCall | null =>
  setting.subject.capabilities.pairwise ? against(example, answer, setting.bad(example)) : alone(example, answer);

/** Candidates of the answer's kinds that the subject takes, one of each variant. */
const usable = (setting: Setting, candidates: readonly Candidate[]): readonly Candidate[] => {
  const variants = new Set<string>();
  return candidates.filter(({ variant, answer }) => {
    if (variants.has(variant) || !setting.subject.capabilities.answers.includes(answerKind(answer))) return false;
    variants.add(variant);
    return true;
  });
};

/** What an attack, a twin or an invariance makes of one example. `base` is used by those that change an answer; null: what they usually start from. */
export const candidatesOf = (
  setting: Setting,
  strategy: Strategy,
  example: Example,
  base: Answer | null = null,
): readonly Candidate[] => {
  if (!meetsNeeds(strategy, example, setting.subject.capabilities.published)) return [];
  const context = setting.context(strategy.name, example);
  switch (strategy.kind) {
    case 'no-work':
      return usable(setting, strategy.make(seenOf(example), context));
    case 'known-bad': {
      const bad = base ?? setting.bad(example);
      return bad === null ? [] : usable(setting, strategy.make(bad, seenOf(example), context));
    }
    case 'degrade':
    case 'honest-twin': {
      const good = base ?? example.knownGood[0];
      return good === undefined ? [] : usable(setting, strategy.make(good, example, context));
    }
    case 'invariance':
      return base === null ? [] : usable(setting, strategy.make(base, example, context));
    case 'procedure':
      return [];
    default:
      return strategy satisfies never;
  }
};
