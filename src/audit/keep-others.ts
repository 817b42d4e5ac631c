/** Sealing what is no attack: faults of the grader, and changes that must not matter. */
import type { Finding, WitnessCall } from '../record/audit-finding.ts';
import type { ReportInvariance } from '../record/audit-report.ts';
import type { Baselines } from './baselines.ts';
import type { FaultFinding } from './faulty.ts';
import { FALSE_DISCOVERY_RATE } from './findings.ts';
import type { CheckedInvariance } from './invariance.ts';
import { type Kept, keep, type Origin, sealOf } from './keep.ts';
import { recordable } from './recordable.ts';
import type { Setting } from './setting.ts';
import type { GradeCall } from './subject.ts';

const FAULT_QUERIES = { cheap: 100, expensive: 0 };

const callOf = (role: WitnessCall['role'], call: GradeCall, graded: WitnessCall['graded']): WitnessCall => ({
  role,
  answer: recordable(call.answer),
  opponent: call.opponent === null ? null : recordable(call.opponent),
  order: call.order,
  graded,
  intent: null,
});

/** A contradiction is sealed with both of its answers. */
export const sealFault = async (
  { raw, second }: FaultFinding,
  baselines: Baselines,
  setting: Setting,
  origin: Origin,
): Promise<Kept> => {
  const { call, graded } = raw.witness;
  const queries = FAULT_QUERIES[setting.subject.capabilities.expensive ? 'expensive' : 'cheap'];
  const keeping = { baselines, setting, origin, whole: null, strategies: new Map<string, never>() };
  const kept = second === null ? await keep(raw, keeping, Math.min(queries, setting.ledger.leftToKeep.calls)) : null;
  if (kept !== null) return kept;
  const calls = [callOf('found', call, graded), ...(second === null ? [] : [callOf('found', call, second)])];
  return { raw, sealed: sealOf(raw, calls, call.example, setting, origin), minimal: call.answer, size: 0 };
};

export interface SealedInvariance {
  readonly checked: CheckedInvariance;
  /** Null: it held, or broke no more often than the grader contradicts itself. */
  readonly sealed: Finding | null;
}

export const sealInvariances = (
  invariances: readonly CheckedInvariance[],
  setting: Setting,
  origin: Origin,
): readonly SealedInvariance[] =>
  invariances.map((checked) => {
    const { strategy, numbers, witness } = checked;
    const significant = numbers.adjustedP === null || numbers.adjustedP <= FALSE_DISCOVERY_RATE;
    if (witness === null || !significant) return { checked, sealed: null };
    const calls = [
      callOf('honest', witness.base.call, witness.base.graded),
      callOf('found', witness.changed.call, witness.changed.graded),
    ];
    const what = {
      claim: 'not-invariant',
      strategy: strategy.name,
      class: strategy.class,
      variant: 'only',
      because: `It must not matter: ${strategy.description}`,
    } as const;
    return { checked, sealed: sealOf(what, calls, witness.base.call.example, setting, origin) };
  });

export const reportInvariance = (
  { checked: { numbers, witness }, sealed }: SealedInvariance,
  replayOf: (id: string) => string,
): ReportInvariance => ({
  ...numbers,
  witness:
    witness === null
      ? null
      : {
          example: witness.base.call.example.id,
          input: witness.base.call.example.input,
          answer: recordable(witness.changed.call.answer),
          minimal: recordable(witness.changed.call.answer),
        },
  replay: sealed === null ? null : replayOf(sealed.id),
});
