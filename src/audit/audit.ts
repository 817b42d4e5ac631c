/**
 * Can this grader be gamed? One page:
 *
 *   load       the examples (example.ts), a sample of them where there are more than the budget serves (sample.ts), and the subject; warn below 20 examples, and say what can and cannot be shown
 *              without known-good answers
 *   split      by dice, half to choose and half to estimate (split.ts)
 *   baselines  on both halves: known-good, known-bad, guessing, honest twins; a sample asked twice, for determinism (baselines.ts). A grader that scores none
 *              of the first honest answers, or of the first attacks where there are none, is asked nothing else (usable.ts)
 *   compare    with an earlier audit, where one is given (repair.ts)
 *   choose     every strategy that applies (strategy.ts, rounds.ts) makes its candidates on the choosing half; its best variant by
 *              proxy is kept (estimate.ts)
 *   search     compositions of edits are evolved on the choosing half (search.ts); the winner is one more strategy
 *   estimate   the chosen variants on the estimating half: rates of fooling, proxy and intent, p-values (estimate.ts); the most promising first, and at
 *              the end as many more as calls are left for (estimate-stage.ts)
 *   judge      Benjamini-Hochberg over all strategies tried; findings, invariances, both errors, gameability (findings.ts)
 *   shrink     the witness of each finding to the smallest answer that still does it (shrink.ts)
 *   seal       each finding with grader hash, calls, answers and seed (seal.ts)
 *   report     one record (record/audit-report.ts); every output is a function of it
 *
 * Decided once, for all of it:
 *   An example is a cluster. An observation is one example's answer to one question; repeats are averaged inside it.
 *   A fault of the grader is an unscored observation: it stays in the denominator of both bounds, and is listed.
 *   What chooses does not estimate. A witness that replays is a finding without a p-value; a rate has one.
 *   Gameability is measured between guessing and honest work, by no-work answers only, and is null without known-good answers.
 *   The minimum detectable effect is `detectableRate(scored examples of the estimating half, rate at which guessing fools)`.
 *   The intent never reaches a strategy, a search or a proposer: they see the proxy.
 *   Same seed, same examples, same grader: the same report, if the grader is deterministic.
 */

import type { Clock } from '../base/clock.ts';
import { inputError } from '../base/errors.ts';
import type { Rng } from '../base/rng.ts';
import type { Finding } from '../record/audit-finding.ts';
import type { AuditReport } from '../record/audit-report.ts';
import { applicable } from './applies.ts';
import { assemble } from './assemble.ts';
import { type Baselines, checkDeterminism, everyExample, honestCalls, measureBaselines } from './baselines.ts';
import { bestOfN } from './best-of-n.ts';
import { askFirstFew, type Chosen, chooseVariants, estimateGameability } from './estimate.ts';
import { estimateFirst, estimateRest } from './estimate-stage.ts';
import type { Example, ExampleSet } from './example.ts';
import { faultFindings } from './faulty.ts';
import { bothErrors, checkInvariances, collectFindings, inOrder } from './findings.ts';
import { constructionIntent, type IntentJudge, labelsIntent } from './intent.ts';
import { type Kept, keep } from './keep.ts';
import { sealFault, sealInvariances } from './keep-others.ts';
import { type AuditBudget, openLedger } from './ledger.ts';
import { compareWithPrevious, type Previous, strategiesFor } from './repair.ts';
import { sampleExamples } from './sample.ts';
import type { Proposer, SearchOptions } from './search.ts';
import { searchFor } from './search-stage.ts';
import { openSetting, type Setting } from './setting.ts';
import { SHRINK_QUERIES } from './shrink.ts';
import { splitExamples } from './split.ts';
import { ATTACKS, type Strategy } from './strategy.ts';
import type { GradeCall, Subject } from './subject.ts';
import { answersNothing, requireReached, requireRecorded } from './usable.ts';
import { testedOnWhole } from './whole.ts';

export type Stage = 'baselines' | 'choose' | 'search' | 'estimate' | 'shrink' | 'compare';

export interface AuditOptions {
  readonly subject: Subject;
  readonly examples: ExampleSet;
  /** Null: intent is known by construction only (intent.ts). */
  readonly intent: IntentJudge | null;
  /** All that may be used; the audit takes those of the round that apply. Default: `STRATEGIES`. */
  readonly strategies?: readonly Strategy[];
  /** Default: 200,000 calls and 60 s; 500 calls and 600 s where the subject is expensive. */
  readonly budget?: Partial<AuditBudget>;
  readonly search?: Partial<SearchOptions>;
  readonly proposer?: Proposer;
  readonly against?: Previous;
  /** Forked by stage, strategy and example. `seed` is what it was made from, for the record. */
  readonly dice: Rng;
  readonly seed: string;
  readonly clock: Clock;
  /** Version of Subterfuge, for the record. */
  readonly version: string;
  /** The command that replays a finding, e.g. `npx subterfuge replay out/findings/ab12.json`. */
  readonly replayOf: (findingId: string) => string;
  readonly onProgress?: (stage: Stage, done: number, of: number) => void;
  readonly signal?: AbortSignal;
}

export interface AuditResult {
  readonly report: AuditReport;
  /** Sealed, in the order of the report. Whoever calls writes them. */
  readonly findings: readonly Finding[];
}

/** Owns neither subject nor intent judge. Throws `inputError` where nothing can be asked at all; else what fails is in the report. */
export type Audit = (options: AuditOptions) => Promise<AuditResult>;

const CHEAP: AuditBudget = { calls: 200_000, seconds: 60 };
const EXPENSIVE: AuditBudget = { calls: 500, seconds: 600 };

/** Stands in where no examples were given: an empty question. */
const NO_EXAMPLE: Example = {
  id: 'no-example',
  input: '',
  reference: null,
  knownGood: [],
  knownBad: [],
  options: null,
  items: null,
  workspace: null,
  fields: {},
};

/** Examples that can be asked about at all. */
const askable = ({ examples }: ExampleSet, { capabilities }: Subject): readonly Example[] => {
  const all = examples.length === 0 ? [NO_EXAMPLE] : examples;
  const usable = capabilities.needsReference
    ? all.filter(({ reference, items }) => reference !== null || items !== null)
    : all;
  if (usable.length > 0) return usable;
  throw inputError({
    code: 'nothing-to-ask',
    what: 'This grader needs a reference, and no example has one.',
    given: `${examples.length} examples`,
    allowed: 'at least one example with a reference',
    todo: 'name its column: --fields reference=<column>',
  });
};

/** So many findings are shrunk with all the queries; the others share what one of them may use. */
const SHRUNK_FULLY = { cheap: 8, expensive: 2 };
const FEW_QUERIES = { cheap: 60, expensive: 0 };
/** For one finding, where calls are dear. */
const DEAR_QUERIES = 24;
const ofKind = <K extends Strategy['kind']>(
  strategies: readonly Strategy[],
  ...kinds: readonly K[]
): readonly Extract<Strategy, { kind: K }>[] => {
  const isOf = (strategy: Strategy): strategy is Extract<Strategy, { kind: K }> =>
    kinds.some((kind) => kind === strategy.kind);
  return strategies.filter(isOf);
};

export const audit: Audit = async (options) => {
  const { subject, dice, clock, signal, onProgress = () => {} } = options;
  const intent = options.intent === constructionIntent ? null : options.intent;
  const usable = askable(options.examples, subject);
  const budget = { ...(subject.capabilities.expensive ? EXPENSIVE : CHEAP), ...options.budget };
  const examples = sampleExamples(usable, budget, subject.capabilities.expensive, dice.fork('sample'));
  const previous = options.against ?? null;
  // Loaded only where the caller brings none: the catalogue is most of the start-up.
  const catalogue = options.strategies ?? (await import('./strategies/index.ts')).STRATEGIES;
  const applying = applicable(strategiesFor(catalogue, previous), subject, examples);
  const attacksOf = (some: readonly Strategy[]): readonly Strategy[] =>
    some.filter(({ kind }) => ATTACKS.includes(kind));

  const halves = splitExamples(examples, dice.fork('split'));
  const ledger = openLedger(subject, budget, clock);
  const setting = openSetting(subject, ledger, intent, halves, previous === null ? dice : dice.fork('again'), signal);

  const twins = ofKind(applying, 'honest-twin');
  onProgress('baselines', 0, 1);
  const baselines = await measureBaselines(halves, twins, setting);
  requireReached(ledger);
  // Few or no honest answers were asked: the first attacks say as well whether it scores anything.
  if (ledger.scored === 0 && !ledger.stopped) {
    await askFirstFew(attacksOf(applying), halves.choose, setting);
    requireReached(ledger);
    if (answersNothing(ledger)) ledger.stop();
  }
  // A grader that scores nothing is not attacked: what it did instead is all that there is to report.
  const strategies = ledger.stopped ? [] : applying;
  const attacks = attacksOf(strategies);
  const honest = honestCalls(baselines);
  await checkDeterminism(honest, setting);
  onProgress('baselines', 1, 1);

  // First, since whoever repairs a grader asks this first, and a spent budget would leave it open.
  if (previous !== null) onProgress('compare', 0, 1);
  const repair = previous === null ? null : await compareWithPrevious(previous, baselines, strategies, setting);

  const chosen = await chooseVariants(attacks, halves.choose, baselines, setting, (done) =>
    onProgress('choose', done, attacks.length),
  );
  requireReached(ledger);
  // Without known answers whatever was asked must do.
  if (honest.length === 0) await checkDeterminism(callsOf(chosen), setting);
  onProgress('search', 0, 1);
  const searched = await searchFor(options, chosen, halves, baselines, setting);
  onProgress('search', 1, 1);

  const scope = { halves, baselines, setting };
  const first = await estimateFirst([...chosen.choices, ...searched.choices], scope, (done, of) =>
    onProgress('estimate', done, of),
  );
  const invariants = ofKind(strategies, 'invariance', 'procedure');
  const invariances = await checkInvariances(invariants, everyExample(halves), baselines, setting);
  const curve = await bestOfN(chosen.choices, halves.estimate, baselines, setting);
  const rest = await estimateRest(first.later, chosen.skipped, scope);
  const onBlocks = [...first.measured, ...rest.measured];
  const measured = await testedOnWhole(onBlocks, options.examples.whole, baselines, setting);
  // What was not estimated for lack of calls counts as a test without a result.
  const worth: Chosen = {
    choices: measured.map(({ choice }) => choice),
    dropped: [...chosen.dropped, ...rest.dropped],
    skipped: rest.skipped,
  };

  const byJudge = intent === null || intent === labelsIntent ? null : intent.name;
  const raws = collectFindings(measured, worth.dropped.length, baselines, halves.estimate, byJudge);
  const kept = await keepAll(raws, options, baselines, setting, [...attacks, ...searched.strategies]);
  const faults = faultFindings(ledger.faultWitnesses(), measured);
  for (const fault of faults) kept.push(await sealFault(fault, baselines, setting, originOf(options)));
  const broken = sealInvariances(invariances, setting, originOf(options));

  requireRecorded(subject, ledger);

  const ordered = inOrder(kept);
  const report = assemble({
    options,
    halves,
    catalogue,
    strategies,
    chosen: worth,
    baselines,
    setting,
    measured,
    gameability: estimateGameability(measured, baselines, halves.estimate),
    errors: bothErrors(baselines),
    kept: ordered,
    broken,
    curve,
    search: searched.result(measured),
    repair,
    withoutReference: Math.max(0, options.examples.examples.length - usable.length),
    sampled: { asked: examples.length, of: usable.length },
  });
  return {
    report,
    findings: [
      ...ordered.map(({ sealed }) => sealed),
      ...broken.flatMap(({ sealed }) => (sealed === null ? [] : [sealed])),
    ],
  };
};

const callsOf = ({ choices }: Chosen): readonly GradeCall[] =>
  choices.flatMap(({ chosenOn }) => chosenOn.map(({ answered }) => answered.call));

const originOf = ({ version, seed }: AuditOptions): { subterfuge: string; seed: string } => ({
  subterfuge: version,
  seed,
});

/** Confirms, shrinks and seals. The first few get the most queries: they are what a reader sees. */
const keepAll = async (
  raws: ReturnType<typeof collectFindings>,
  options: AuditOptions,
  baselines: Baselines,
  setting: Setting,
  strategies: readonly Strategy[],
): Promise<Kept[]> => {
  const cost = setting.subject.capabilities.expensive ? 'expensive' : 'cheap';
  const full = cost === 'expensive' ? DEAR_QUERIES : SHRINK_QUERIES;
  const keeping = {
    baselines,
    setting,
    origin: originOf(options),
    whole: options.examples.whole,
    strategies: new Map(strategies.map((strategy) => [strategy.name, strategy])),
  };
  const sorted = inOrder(raws.map((raw) => ({ raw, size: 0 })));
  const kept: Kept[] = [];
  for (const [index, { raw }] of sorted.entries()) {
    const queries = index < SHRUNK_FULLY[cost] ? full : FEW_QUERIES[cost];
    const one = await keep(raw, keeping, Math.min(queries, setting.ledger.leftToKeep.calls));
    if (one !== null) kept.push(one);
    options.onProgress?.('shrink', index + 1, sorted.length);
  }
  return kept;
};
