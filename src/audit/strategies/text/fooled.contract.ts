import { rng } from '../../../base/rng.ts';
import type { SubjectForm } from '../../../record/audit.ts';
import type { Answer } from '../../answer.ts';
import { meetsNeeds } from '../../applies.ts';
import type { Example } from '../../example.ts';
import { mayBeRight } from '../../intent.ts';
import { knowledgeFor } from '../../knowledge.ts';
import { seenOf } from '../../seen.ts';
import type { Candidate, Strategy, StrategyContext } from '../../strategy.ts';

const attacksOn = (strategy: Strategy, example: Example, context: StrategyContext): readonly Candidate[] => {
  switch (strategy.kind) {
    case 'no-work':
      return strategy.make(seenOf(example), context);
    case 'known-bad':
      return example.knownBad.flatMap((bad) => strategy.make(bad, seenOf(example), context));
    case 'degrade':
      return example.knownGood.flatMap((good) => strategy.make(good, example, context));
    default:
      return [];
  }
};

/** The strategies that a grader falls for: on how many examples the best variant passes, and one of its answers. */
export const fooledBy = (
  strategies: readonly Strategy[],
  form: SubjectForm,
  examples: readonly Example[],
  passes: (answer: Answer, example: Example) => boolean,
  published: string | null = null,
): ReadonlyMap<string, { readonly examples: number; readonly answer: Answer }> => {
  const knownFor = knowledgeFor(examples, published);
  const found = new Map<string, { readonly examples: number; readonly answer: Answer }>();
  for (const strategy of strategies.filter(({ subjects }) => subjects.includes(form))) {
    const rates = new Map<string, number>();
    for (const example of examples.filter((one) => meetsNeeds(strategy, one, published))) {
      const dice = rng(`${strategy.name}/${example.id}`);
      const context = { dice, known: knownFor(example), sentinel: 'sentinel-word' };
      for (const { variant, answer } of attacksOn(strategy, example, context)) {
        if (!passes(answer, example) || mayBeRight({ example, answer, opponent: null, order: 'both' })) continue;
        const rate = (rates.get(variant) ?? 0) + 1;
        rates.set(variant, rate);
        if (rate > (found.get(strategy.name)?.examples ?? 0)) found.set(strategy.name, { examples: rate, answer });
      }
    }
  }
  return found;
};
