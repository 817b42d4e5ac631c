/** Builder for twins: the same honest answer, as another honest person would write it. */
import { type Answer, isText } from '../../answer.ts';
import type { Example } from '../../example.ts';
import type { Candidate, StrategyContext, StrategyOf } from '../../strategy.ts';
import type { Said } from '../define.ts';
import { demoSetting } from '../text/demo.ts';
import type { Texts } from '../text/named.ts';
import { hasOwnForm, prescribesForm } from './form.ts';

export type MakeTwin = (good: string, example: Example, context: StrategyContext) => Texts;

export interface TwinOptions {
  /** What `strategies` shows it on. */
  readonly from: string;
  readonly example?: Partial<Example>;
  /** `as-made`: the twin itself looks at what the task says of form. */
  readonly form?: 'as-made';
}

const listed = (texts: Texts): readonly Candidate[] => {
  if (texts === null) return [];
  if (typeof texts === 'string') return [{ variant: 'only', answer: texts }];
  return Object.entries(texts).flatMap(([variant, answer]) => (answer === null ? [] : [{ variant, answer }]));
};

export const DEMO_QUESTION: Partial<Example> = {
  input: 'What is six times seven?',
  reference: '42',
  knownGood: ['42'],
  knownBad: [],
  options: null,
};

/** Whether a task leaves the form of this answer to whoever answers. */
export const isFree = (good: string, example: Example, { known }: StrategyContext): boolean =>
  good.trim() !== '' && good.isWellFormed() && !hasOwnForm(good) && !prescribesForm(example, known);

const SUBJECTS = ['text', 'judge'] as const;

/** None where the task prescribes a form or the answer has one of its own. A twin that equals its origin is none. */
export const twin = (said: Said, make: MakeTwin, options: TwinOptions): StrategyOf<'honest-twin'> => {
  const made = (good: Answer, example: Example, context: StrategyContext): readonly Candidate[] => {
    if (!isText(good)) return [];
    if (options.form !== 'as-made' && !isFree(good, example, context)) return [];
    return listed(make(good, example, context)).filter(({ answer }) => answer !== good);
  };
  const { example, context } = demoSetting(said.name, {
    example: { ...DEMO_QUESTION, knownGood: [options.from], reference: options.from, ...options.example },
    known: { published: null },
  });
  const [shown] = made(options.from, example, context);
  if (shown === undefined) throw new RangeError(`twin ${said.name} makes nothing of its own demonstration`);
  return {
    ...said,
    class: 'rater-hacking',
    subjects: SUBJECTS,
    needs: said.needs ?? ['known-good'],
    kind: 'honest-twin',
    example: { from: options.from, to: shown.answer },
    make: made,
  };
};
