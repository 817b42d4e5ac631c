/** Recovery and false alarms, with exact intervals. Entries are the units: each is a different grader. */
import { clopperPearson } from '../../src/stats/proportion.ts';
import type { Outcome } from './run.ts';

export interface Count {
  readonly name: string;
  readonly events: number;
  readonly of: number;
  readonly interval: readonly [number, number];
}

const counted = (name: string, outcomes: readonly Outcome[], isEvent: (outcome: Outcome) => boolean): Count => {
  const events = outcomes.filter(isEvent).length;
  const of = outcomes.length;
  const [low, high] = of === 0 ? [0, 1] : clopperPearson(events, of);
  return { name, events, of, interval: [low, high] };
};

const isHoled = ({ hole }: Outcome): boolean => hole !== null;
/** An audit that failed found nothing, and is as bad as an alarm. */
const isFound = ({ caught }: Outcome): boolean => caught === true;
const isAlarmed = ({ caught }: Outcome): boolean => caught !== false;

export interface Tally {
  readonly found: Count;
  readonly alarmed: Count;
  /** By kind and form of the grader, and by class of the hole. */
  readonly foundBy: readonly Count[];
  readonly alarmedBy: readonly Count[];
}

const split = (
  outcomes: readonly Outcome[],
  keys: readonly ((outcome: Outcome) => string)[],
  isEvent: (outcome: Outcome) => boolean,
): readonly Count[] =>
  keys.flatMap((key) =>
    [...Map.groupBy(outcomes, key)]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([name, group]) => counted(name, group, isEvent)),
  );

export const tallyOf = (outcomes: readonly Outcome[]): Tally => {
  const holed = outcomes.filter(isHoled);
  const sound = outcomes.filter((outcome) => !isHoled(outcome));
  const kindAndForm = ({ kind, form }: Outcome): string => `${kind}, ${form}`;
  return {
    found: counted('holes found', holed, isFound),
    alarmed: counted('sound graders alarmed', sound, isAlarmed),
    foundBy: split(holed, [kindAndForm, ({ hole }) => hole ?? ''], isFound),
    alarmedBy: split(sound, [kindAndForm], isAlarmed),
  };
};
