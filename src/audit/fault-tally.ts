import type { Graded } from '../record/audit.ts';
import type { ReportFault } from '../record/audit-report.ts';
import { recordable } from './recordable.ts';
import type { GradeCall } from './subject.ts';

type Kind = ReportFault['kind'];

interface Count {
  count: number;
  onHonest: boolean;
  readonly message: string;
  readonly call: GradeCall;
  readonly graded: readonly Graded[];
}

/** A fault as it first happened. `graded`: of a `nondeterministic` one both answers, else the fault. */
export interface FaultWitness {
  readonly kind: Kind;
  readonly onHonest: boolean;
  readonly message: string;
  readonly call: GradeCall;
  readonly graded: readonly Graded[];
}

/** Counts what a grader did instead of giving a score. */
export interface FaultTally {
  count(graded: Graded, call: GradeCall, honest: boolean): void;
  /** Whether one of this kind was counted before. */
  knows(kind: Kind): boolean;
  differed(first: Graded, now: Graded, call: GradeCall, honest: boolean): void;
  /** `calls` and `repeats`: among how many they were counted. The most frequent first, then by name. */
  faults(calls: number, repeats: number): readonly ReportFault[];
  witnesses(): readonly FaultWitness[];
}

const said = (graded: Graded): string => (graded.kind === 'scored' ? String(graded.score) : graded.fault.kind);

export const faultTally = (): FaultTally => {
  const counts = new Map<Kind, Count>();
  const add = (kind: Kind, message: string, call: GradeCall, graded: readonly Graded[], honest: boolean): void => {
    const seen = counts.get(kind);
    if (seen === undefined) counts.set(kind, { count: 1, onHonest: honest, message, call, graded });
    else {
      seen.count += 1;
      seen.onHonest ||= honest;
    }
  };
  return {
    count: (graded, call, honest) => {
      if (graded.kind === 'scored' || graded.fault.kind === 'not-asked') return;
      add(graded.fault.kind, graded.fault.message, call, [graded], honest);
    },
    knows: (kind) => counts.has(kind),
    differed: (first, now, call, honest) => {
      add('nondeterministic', `the same call gave ${said(first)} and then ${said(now)}`, call, [first, now], honest);
    },
    faults: (calls, repeats) =>
      [...counts]
        .map(([kind, { count, message, onHonest, call }]) => ({
          kind,
          count,
          calls: kind === 'nondeterministic' ? repeats : calls,
          message,
          example: call.example.id,
          answer: recordable(call.answer),
          onHonest,
        }))
        .toSorted((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)),
    witnesses: () => [...counts].map(([kind, { count: _, ...witness }]) => ({ kind, ...witness })),
  };
};
