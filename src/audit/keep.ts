/** What becomes of a raw finding: its witness is asked again, shown on the whole data set, made as small as it goes, and sealed. */
import { unreachable } from '../base/errors.ts';
import type { CallFaultKind } from '../record/audit.ts';
import type { Finding, WitnessCall } from '../record/audit-finding.ts';
import type { ReportFinding } from '../record/audit-report.ts';
import { type Answer, sizeOf } from './answer.ts';
import { attemptsOf, foolsProxy, intentOf } from './attempt.ts';
import type { Baselines } from './baselines.ts';
import type { Example } from './example.ts';
import type { Raw } from './findings.ts';
import { isBareAnswer } from './intent/bare.ts';
import type { Answered } from './ledger.ts';
import { answerKey, recordable } from './recordable.ts';
import { majority, outcomeOf } from './replay.ts';
import { seal } from './seal.ts';
import { candidatesOf, losingCall, type Setting } from './setting.ts';
import { shrink } from './shrink.ts';
import type { Strategy } from './strategy.ts';
import type { GradeCall } from './subject.ts';

export interface Kept {
  readonly raw: Raw;
  readonly sealed: Finding;
  readonly minimal: Answer;
  /** Of the minimal answer. */
  readonly size: number;
}

/** For the record. */
export interface Origin {
  readonly subterfuge: string;
  readonly seed: string;
}

/** Asked again so often before a witness counts, where the first repetition does not settle it. Odd, so that most of them agree. */
const MOST_REPEATS = 3;
/** A fault of these kinds is not made smaller: each try costs a time-out or a worker, or is a throw of dice. */
const NOT_SHRUNK: ReadonlySet<CallFaultKind> = new Set(['hung', 'died', 'limit', 'exit-code']);

const sealedCall = (
  role: WitnessCall['role'],
  { call, graded }: Answered,
  intent: WitnessCall['intent'],
): WitnessCall => ({
  role,
  answer: recordable(call.answer),
  opponent: call.opponent === null ? null : recordable(call.opponent),
  order: call.order,
  graded,
  intent,
});

const recordableExample = (example: Example): Example => ({
  ...example,
  knownGood: example.knownGood.map(recordable),
  knownBad: example.knownBad.map(recordable),
});

export const sealOf = (
  what: Pick<Raw, 'claim' | 'strategy' | 'class' | 'variant' | 'because'>,
  calls: readonly WitnessCall[],
  example: Example,
  setting: Setting,
  origin: Origin,
): Finding =>
  seal({
    ...origin,
    subject: setting.subject.record,
    claim: what.claim,
    strategy: what.strategy,
    class: what.class,
    variant: what.variant,
    because: what.because,
    example: recordableExample(example),
    calls: [...calls],
  });

const intentFor = async (call: GradeCall, { intent, signal }: Setting): Promise<WitnessCall['intent']> =>
  intent === null ? null : ((await intent.judge([call], signal))[0] ?? null);

/** A witness of a data set is shown on the whole of it where it holds there: the metric of a block is not that of the whole. */
const onWhole = async (
  raw: Raw,
  whole: Example | null,
  strategy: Strategy | undefined,
  baselines: Baselines,
  setting: Setting,
): Promise<Raw> => {
  if (whole === null || strategy === undefined || raw.claim !== 'false-pass') return raw;
  const made = candidatesOf(setting, strategy, whole).find(({ variant }) => variant === raw.variant);
  const call = made === undefined ? null : losingCall(setting, whole, made.answer);
  if (call === null) return raw;
  const honestCalls = whole.knownGood.slice(0, 1).map((answer) => ({ ...call, answer }));
  const honest = await setting.ledger.ask('honest', honestCalls, setting.signal);
  const [answered] = await setting.ledger.ask('attack', [call], setting.signal);
  if (answered === undefined) return raw;
  const scope = { ...baselines, good: new Map([...baselines.good, [whole.id, honest]]) };
  const [attempt] = await attemptsOf([{ strategy, variant: raw.variant, answered }], scope, setting, 'fooling');
  return attempt?.fooled === true ? { ...raw, witness: answered, beside: honest[0] ?? null } : raw;
};

/**
 * Whether the witness does it again. Of a grader that has contradicted itself the repetitions decide, and most of them must agree; what was seen first
 * does not count there: it was picked among thousands because it fooled.
 */
const confirmed = async (raw: Raw, setting: Setting, origin: Origin): Promise<boolean> => {
  if (raw.claim === 'fault') return true;
  const { call } = raw.witness;
  const calls = [
    raw.beside === null ? [] : [sealedCall('honest', raw.beside, null)],
    [sealedCall('found', raw.witness, null)],
  ].flat();
  const draft = sealOf(raw, calls, call.example, setting, origin);
  const before = raw.beside === null ? [] : [raw.beside.graded];
  const outcomes: ReturnType<typeof outcomeOf>[] = [];
  for (let round = 0; round < MOST_REPEATS; round++) {
    const [again] = await setting.ledger.ask('confirm', [call], setting.signal);
    if (again === undefined) break;
    const outcome = outcomeOf(draft, [...before, again.graded]);
    // Not asked for lack of budget: what was seen once stands.
    if (outcome === 'fault' && again.graded.kind === 'fault' && again.graded.fault.kind === 'not-asked') break;
    outcomes.push(outcome);
    if (round === 0 && outcome === 'reproduced' && !setting.ledger.wavers) break;
  }
  return outcomes.length === 0 || majority(outcomes) === 'reproduced';
};

const holdsFor =
  (raw: Raw, baselines: Baselines, setting: Setting) =>
  async (candidates: readonly Answer[]): Promise<readonly boolean[]> => {
    const calls = candidates.map((answer) => ({ ...raw.witness.call, answer }));
    const answered = await setting.ledger.ask('shrink', calls, setting.signal);
    const { example } = raw.witness.call;
    const scope =
      raw.beside === null || baselines.good.has(example.id)
        ? baselines
        : { ...baselines, good: new Map([...baselines.good, [example.id, [raw.beside]]]) };
    switch (raw.claim) {
      case 'false-pass': {
        // One that passes is not made into one that is merely no worse than poor honest work.
        const { graded: then } = raw.witness;
        const passes = then.kind === 'scored' && then.passed;
        const fooling = answered.filter(
          (one) =>
            foolsProxy(one, scope) === true &&
            (!passes || (one.graded.kind === 'scored' && one.graded.passed)) &&
            !isBareAnswer(one.call.answer, example, raw.witness.call.answer),
        );
        const intents = await intentOf(
          fooling.map(({ call }) => call),
          setting,
        );
        const holding = new Set(fooling.filter((_, index) => intents[index] === false));
        return answered.map((one) => holding.has(one));
      }
      case 'fault': {
        const { graded } = raw.witness;
        return answered.map(
          (one) =>
            one.graded.kind === 'fault' && graded.kind === 'fault' && one.graded.fault.kind === graded.fault.kind,
        );
      }
      case 'false-fail':
      case 'not-invariant':
        return answered.map(() => false);
      default:
        return unreachable(raw.claim);
    }
  };

const minimalOf = async (raw: Raw, baselines: Baselines, setting: Setting, queries: number): Promise<Answer> => {
  const { call, graded } = raw.witness;
  const stays = !raw.canShrink || (graded.kind === 'fault' && NOT_SHRUNK.has(graded.fault.kind));
  if (stays || queries < 1) return call.answer;
  return (await shrink(call.answer, holdsFor(raw, baselines, setting), queries)).answer;
};

/** The minimal answer, where it does it again; of a grader that contradicts itself one of many tries may have been luck. */
const steady = async (minimal: Answer, raw: Raw, setting: Setting, origin: Origin): Promise<Answer> => {
  const { call } = raw.witness;
  if (!setting.ledger.wavers || answerKey(minimal) === answerKey(call.answer)) return minimal;
  const [witness] = await setting.ledger.ask('shrink', [{ ...call, answer: minimal }], setting.signal);
  return witness !== undefined && (await confirmed({ ...raw, witness }, setting, origin)) ? minimal : call.answer;
};

export interface Keeping {
  readonly baselines: Baselines;
  readonly setting: Setting;
  readonly origin: Origin;
  readonly whole: Example | null;
  readonly strategies: ReadonlyMap<string, Strategy>;
}

/** Null: the witness did not do it again. `queries`: for shrinking. */
export const keep = async (
  found: Raw,
  { baselines, setting, origin, whole, strategies }: Keeping,
  queries: number,
): Promise<Kept | null> => {
  const raw = await onWhole(found, whole, strategies.get(found.strategy), baselines, setting);
  if (!(await confirmed(raw, setting, origin))) return null;
  const { call } = raw.witness;
  const minimal = await steady(await minimalOf(raw, baselines, setting, queries), raw, setting, origin);
  const calls: WitnessCall[] = [];
  if (raw.beside !== null) calls.push(sealedCall('honest', raw.beside, null));
  const wantsIntent = raw.claim === 'false-pass';
  calls.push(sealedCall('found', raw.witness, wantsIntent ? await intentFor(call, setting) : null));
  if (answerKey(minimal) !== answerKey(call.answer)) {
    const smaller = { ...call, answer: minimal };
    const [answered] = await setting.ledger.ask('shrink', [smaller], setting.signal);
    if (answered !== undefined) {
      calls.push(sealedCall('minimal', answered, wantsIntent ? await intentFor(smaller, setting) : null));
    }
  }
  return { raw, sealed: sealOf(raw, calls, call.example, setting, origin), minimal, size: sizeOf(minimal) };
};

export type ReportOf = (kept: Kept, replay: string) => ReportFinding;

export const reportOf: ReportOf = ({ raw, sealed, minimal }, replay) => ({
  id: sealed.id,
  claim: raw.claim,
  strategy: raw.strategy,
  variant: raw.variant,
  class: raw.class,
  ...raw.numbers,
  witness: {
    example: sealed.example.id,
    input: sealed.example.input,
    answer: recordable(raw.witness.call.answer),
    minimal: recordable(minimal),
  },
  replay,
});
