import type { Json } from '../base/json.ts';
import { isFiles } from './answer.ts';
import type { Example } from './example.ts';
import type { Need, Strategy } from './strategy.ts';
import type { Subject } from './subject.ts';

const isNumeric = (value: Json): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)));

const isEmpty = (value: Json): boolean => value === null || (typeof value === 'string' && value.trim() === '');

const isPython = ({ workspace, knownGood, knownBad }: Example): boolean =>
  [workspace ?? {}, ...[...knownGood, ...knownBad].filter(isFiles)].some((files) =>
    Object.keys(files).some((path) => path.endsWith('.py')),
  );

const classesOf = ({ items }: Example): number => new Set((items ?? []).map(({ label }) => JSON.stringify(label))).size;

/** `published` is what the grader's authors show, or null. */
const meets = (need: Need, example: Example, published: string | null): boolean => {
  switch (need) {
    case 'input':
      return !isEmpty(example.input);
    case 'options':
      return (example.options ?? []).length > 0;
    case 'reference':
      return example.reference !== null;
    case 'numeric-reference':
      return isNumeric(example.reference);
    case 'known-good':
      return example.knownGood.length > 0;
    case 'known-bad':
      return example.knownBad.length > 0;
    case 'published':
      return published !== null;
    case 'python':
      return isPython(example);
    case 'binary-labels':
      return classesOf(example) === 2;
    case 'many-classes':
      return classesOf(example) > 2;
    default:
      return need satisfies never;
  }
};

/** Whether a strategy has what it needs on one example. */
export const meetsNeeds = (strategy: Strategy, example: Example, published: string | null): boolean =>
  strategy.needs.every((need) => meets(need, example, published));

/**
 * The strategies that can say anything about this subject: those of its form whose needs at least one example meets. The swap of a pair
 * is for subjects that compare two answers. The form `judge` reads text as well as rubrics, so a strategy says itself which of the two it is for.
 */
export const applicable = (
  strategies: readonly Strategy[],
  subject: Pick<Subject, 'record' | 'capabilities'>,
  examples: readonly Example[],
): readonly Strategy[] =>
  strategies.filter(
    (strategy) =>
      strategy.subjects.includes(subject.record.form) &&
      (strategy.kind !== 'procedure' || strategy.ask.how !== 'swap' || subject.capabilities.pairwise) &&
      examples.some((example) => meetsNeeds(strategy, example, subject.capabilities.published)),
  );
