/** The report: a function of what was asked and answered. */
import type { AuditReport, CurvePoint, Repair, SearchResult } from '../record/audit-report.ts';
import { detectableRate } from '../stats/power.ts';
import { guessRate } from './attempt.ts';
import type { AuditOptions } from './audit.ts';
import type { Baselines } from './baselines.ts';
import type { Chosen, Gameability, Measured } from './estimate.ts';
import { type Kept, reportOf } from './keep.ts';
import { reportInvariance, type SealedInvariance } from './keep-others.ts';
import { passedHonest, repairWarnings } from './repair.ts';
import { inRound } from './rounds.ts';
import type { Setting } from './setting.ts';
import type { Halves } from './split.ts';
import type { Strategy } from './strategy.ts';
import { warningsOf } from './warnings.ts';

export interface Assembly {
  readonly options: AuditOptions;
  readonly halves: Halves;
  /** All that there are: which of them are held back depends on their families. */
  readonly catalogue: readonly Strategy[];
  /** Those that apply. */
  readonly strategies: readonly Strategy[];
  readonly chosen: Chosen;
  readonly baselines: Baselines;
  readonly setting: Setting;
  readonly measured: readonly Measured[];
  readonly gameability: Gameability;
  readonly errors: Pick<AuditReport, 'falsePasses' | 'falseFails'>;
  readonly kept: readonly Kept[];
  readonly broken: readonly SealedInvariance[];
  readonly curve: readonly CurvePoint[];
  readonly search: SearchResult | null;
  readonly repair: Repair | null;
  readonly withoutReference: number;
  /** How many of the examples that can be asked about were. */
  readonly sampled: { readonly asked: number; readonly of: number };
}

/** With 80 % power, at the rate at which guessing fools; null where the estimating half has no scored attack. */
const smallestShown = ({ measured, baselines, options }: Assembly): number | null => {
  if (options.examples.examples.length === 0) return null;
  const scored = new Set(
    measured.flatMap(({ attempts }) =>
      attempts.filter(({ answered }) => answered.proxy !== null).map(({ example }) => example.id),
    ),
  );
  return scored.size === 0 ? null : detectableRate(scored.size, guessRate(baselines));
};

const triedOf = ({ catalogue, strategies, chosen }: Assembly): AuditReport['detail']['tried'] => {
  const held = new Set(inRound(catalogue, 'held-back').map(({ name }) => name));
  const skipped = new Set(chosen.skipped);
  const variants = new Map(chosen.choices.map(({ strategy, variant }) => [strategy.name, variant]));
  const searched = chosen.choices.map(({ strategy }) => strategy).filter((one) => !strategies.includes(one));
  return [...strategies, ...searched]
    .filter((strategy) => !skipped.has(strategy))
    .map(({ name, class: inClass, source, subjects }) => ({
      name,
      class: inClass,
      source,
      subjects: [...subjects],
      variant: variants.get(name) ?? null,
      round: held.has(name) ? 'held-back' : 'first',
    }));
};

export const assemble = (all: Assembly): AuditReport => {
  const { options, halves, baselines, setting, gameability, errors, kept, broken, repair } = all;
  const { subject, examples, intent, replayOf } = options;
  const { ledger } = setting;
  const findings = kept.map((one) => reportOf(one, replayOf(one.sealed.id)));
  const given = examples.examples.length;
  const tried = triedOf(all);
  const warnings = [
    ...warningsOf({
      set: examples,
      halves,
      subject,
      hasIntent: intent !== null,
      baselines,
      ledger,
      skipped: all.chosen.skipped,
      tried: tried.length,
      withoutReference: all.withoutReference,
      sampled: all.sampled,
      report: { ...errors, findings },
    }),
    ...(options.against === undefined ? [] : repairWarnings(options.against, subject.record.version, examples)),
  ];
  return {
    schema: 'subterfuge/audit@1',
    subject: subject.record,
    examples: given,
    gameability: gameability.estimate,
    ...errors,
    minimumDetectableEffect: smallestShown(all),
    graderFaults: [...ledger.faults()],
    findings,
    invariances: broken.map((one) => reportInvariance(one, replayOf)),
    detail: {
      subterfuge: options.version,
      seed: options.seed,
      examplesHash: examples.hash,
      items: examples.items,
      halves:
        given === 0 ? { choose: 0, estimate: 0 } : { choose: halves.choose.length, estimate: halves.estimate.length },
      intent: { name: intent?.name ?? 'by construction', basis: intent?.basis ?? 'exact' },
      ceiling: baselines.ceiling,
      floor: baselines.floor,
      floorBy: baselines.floorBy,
      noGameability: gameability.estimate === null ? gameability.why : null,
      calls: ledger.calls,
      tried,
      ...(all.chosen.skipped.length === 0 ? {} : { leftOut: all.chosen.skipped.map(({ name }) => name) }),
      warnings,
      search: all.search,
      curve: [...all.curve],
      passedHonest: passedHonest(baselines),
      repair,
      selfEvaluation: null,
    },
  };
};
