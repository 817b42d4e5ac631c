/**
 * Who inflates whose answers, over `self-evaluation` runs of any number of models. A model rates its own answer and another
 * beside it in each episode; `eval --sibling RUN` makes the other one that of a real model.
 *
 * Inflation alone does not show self-preference: whoever gives 10 to everybody inflates wrong answers more, and so those of a
 * model that is often wrong. So own answers are compared with others that are just as right, and with what siblings give
 * to the very same answers; and that an answer is right stands among what predicts inflation.
 */
import { inputError } from '../base/errors.ts';
import type { Inflation } from '../record/inflation.ts';
import type { RunReader } from '../store/run-store.ts';
import { authorsOf, ratersOf } from './inflation-estimates.ts';
import { type Rating, ratingsOfRun, SELF_EVALUATION } from './inflation-rows.ts';
import { readInflation } from './inflation-tests.ts';

const nothingRated = (given: string): Error =>
  inputError({
    code: 'no-self-evaluation',
    what: 'There are no rollouts in which a model rates answers.',
    given,
    allowed: `runs of ${SELF_EVALUATION}`,
    todo: `subterfuge eval --env ${SELF_EVALUATION} --model SPEC`,
  });

const requireOnce = (stores: readonly RunReader[]): void => {
  const seen = new Set<string>();
  for (const { manifest } of stores) {
    const key = `${manifest.id}\n${manifest.createdAt}`;
    if (seen.has(key)) {
      throw inputError({
        code: 'same-run',
        what: 'The same run was named twice: its ratings would be counted twice.',
        given: `run ${manifest.id}`,
        todo: 'Name each run once.',
      });
    }
    seen.add(key);
  }
};

const warningsOf = (stores: readonly RunReader[], authors: Inflation['authors']): Inflation['warnings'] => {
  const sequential = stores.flatMap(({ manifest: { id, plan } }) =>
    plan.until === undefined
      ? []
      : [
          {
            code: 'sequential',
            text: `Run ${id} could end early (--until): intervals here assume a number of rollouts that was fixed beforehand.`,
          },
        ],
  );
  const shown = authors.filter(({ author, rated }) => author !== null && rated.some(({ own }) => !own));
  if (shown.length === 0) {
    const text =
      'No model rates the answers of another here. Let one: subterfuge eval --env self-evaluation --model SPEC --sibling RUN';
    return [...sequential, { code: 'no-siblings', text }];
  }
  const apart = shown.filter(({ rated }) => rated.every(({ ownAbove }) => ownAbove === null));
  return [
    ...sequential,
    ...apart.map(({ author }) => ({
      code: 'answers-not-there',
      text: `The answers of ${author} that others rate here are not among those that it rates itself: add the run that they came from (that of --sibling).`,
    })),
  ];
};

/** Throws `no-self-evaluation` for a run without such rollouts, and `same-run` (exit code 2). */
export const inflationMatrix = async (stores: readonly RunReader[]): Promise<Inflation> => {
  requireOnce(stores);
  const ratings: Rating[] = [];
  for (const store of stores) {
    const own = await ratingsOfRun(store);
    if (own.length === 0) throw nothingRated(store.manifest.id);
    ratings.push(...own);
  }
  const { authors, raters } = readInflation(authorsOf(ratings), ratersOf(ratings));
  return {
    schema: 'subterfuge/inflation@1',
    runs: stores.map(({ manifest: { id, plan } }) => ({ id, model: plan.model, sibling: plan.sibling?.model ?? null })),
    authors,
    raters,
    warnings: warningsOf(stores, authors),
  };
};
