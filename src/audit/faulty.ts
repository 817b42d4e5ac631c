/** Faults of the grader itself as findings: each kind once, with the call that showed it first. */
import type { WitnessCall } from '../record/audit-finding.ts';
import type { ReportFault } from '../record/audit-report.ts';
import { mean } from '../stats/mean.ts';
import { rate } from '../stats/rate.ts';
import type { Choice, Measured } from './estimate.ts';
import type { FaultWitness } from './fault-tally.ts';
import { FAULT_RANK, type Raw } from './findings.ts';
import type { Answered } from './ledger.ts';
import type { GradeCall } from './subject.ts';

/** These say nothing of the grader: a provider, a network or our own budget. */
const OUTSIDE: ReadonlySet<ReportFault['kind']> = new Set(['refused', 'http-status', 'unreachable', 'not-asked']);

/** Who made the answer, where it is among what was kept of the choosing and estimating halves. */
const makerOf = (call: GradeCall, measured: readonly Measured[]): Choice | undefined =>
  measured.find(({ choice, attempts }) =>
    [...choice.chosenOn, ...attempts].some(
      ({ example, answered }) => example.id === call.example.id && answered.call.answer === call.answer,
    ),
  )?.choice;

export interface FaultFinding {
  readonly raw: Raw;
  /** What was answered the second time; null but for `nondeterministic`. */
  readonly second: WitnessCall['graded'] | null;
}

export const faultFindings = (
  witnesses: readonly FaultWitness[],
  measured: readonly Measured[],
): readonly FaultFinding[] =>
  witnesses
    .filter(({ kind }) => !OUTSIDE.has(kind))
    .flatMap(({ kind, onHonest, message, call, graded }) => {
      const [first, second = null] = graded;
      if (first === undefined) return [];
      const maker = onHonest ? undefined : makerOf(call, measured);
      const witness: Answered = { call, graded: first, proxy: null };
      const raw: Raw = {
        claim: 'fault',
        strategy: maker?.strategy.name ?? (onHonest ? 'honest-work' : 'any-answer'),
        class: null,
        variant: kind,
        numbers: {
          examples: 1,
          proxyHonest: null,
          proxyGamed: mean([{ value: null, cluster: call.example.id }]),
          intentGamed: null,
          fooled: rate([{ value: null, cluster: call.example.id }]),
          adjustedP: null,
        },
        witness,
        beside: null,
        because:
          kind === 'nondeterministic'
            ? `The grader contradicts itself: ${message}.`
            : `The grader gave no usable score (${kind}): ${message}.`,
        canShrink: !onHonest && kind !== 'nondeterministic',
        rank: FAULT_RANK,
      };
      return [{ raw, second }];
    });
