/** Whether a claim asks for something that its runs will have: a slip of the pen would stand as "cannot be said" after days. */
import { inputError } from '../base/errors.ts';
import { isModulePath } from '../env/load.ts';
import { CONTROLS, ENVIRONMENTS } from '../env/registry.ts';
import { AIM_NAMES, AIMS } from './aims.ts';
import { hasCauses } from './causes.ts';
import { type Claim, entriesOf } from './claim.ts';
import { FORCED_PREFIXES } from './dense-prefix.ts';
import { checkpointsOf } from './phases.ts';
import { BASE, type Recipe } from './recipe.ts';
import type { Sweep } from './sweep.ts';

const logged = (names: readonly string[]): string[] => names.flatMap((name) => [name, `log-${name}`]);

const MEASURES: ReadonlySet<string> = new Set([
  ...logged(AIM_NAMES.map((aim) => `p-first-aim/${aim}`)),
  ...logged(AIMS.flatMap(({ favours, name }) => (favours === 'proxy' ? [`p-decision-given-aim/${name}`] : []))),
  'log-p-first-act',
  'log-p-first-act-without-thoughts',
  ...FORCED_PREFIXES.flatMap(({ name }) =>
    ['attempted', 'succeeded', 'evaded'].map((label) => `forced-prefix/${name}/${label}`),
  ),
]);

/** A module's environment has a name of its own, which is not known before it is loaded. */
const evaluates = ({ evaluation: { environments } }: Recipe, name: string): boolean =>
  environments.includes(name) || environments.some(isModulePath);

const MEASURED: ReadonlySet<string> = new Set([...ENVIRONMENTS, ...CONTROLS].filter(hasCauses).map(({ name }) => name));

/** `family`: what stands behind the measure's `@`, which the first family has not got (dense-checkpoint.ts). */
const familyProblem = ({ evaluation: { environments } }: Recipe, family: string | undefined): string | null => {
  if (environments.some(isModulePath)) return null;
  const measured = environments.filter((name) => MEASURED.has(name));
  const [first] = measured;
  if (first === undefined) return 'no family of reward tampering is evaluated, so nothing is measured';
  if (family === first) return `${family} is measured first, so its measures carry no name`;
  return family === undefined || measured.includes(family)
    ? null
    : `${family} is not among the families that are measured (${measured.join(', ')})`;
};

const measureProblem = (recipe: Recipe, measure: string): string | null => {
  const [kind, environment = ''] = measure.split('/');
  if (kind === 'contrast' && evaluates(recipe, environment)) return null;
  const [plain = '', family] = measure.split('@');
  return MEASURES.has(plain) ? familyProblem(recipe, family) : `no measure is called ${measure}`;
};

const checkpointProblem = (claim: Claim, recipe: Recipe, own: Recipe): string | null => {
  const { checkpoint } = claim;
  if (claim.kind === 'level')
    return checkpoint === BASE ? null : 'a level is a claim about the base: over seeds of a method, claim a shift';
  if (checkpoint === 'last') return null;
  // Of a control, the last stands beside the last.
  if (recipe !== own && checkpointsOf(own).at(-1) === checkpoint) return null;
  const known = checkpointsOf(recipe);
  return known.includes(checkpoint) ? null : `${checkpoint} is none of its checkpoints (${known.join(', ')})`;
};

const claimProblem = (claim: Claim, recipes: ReadonlyMap<string, Recipe>): string | null => {
  const own = recipes.get(claim.entry);
  if (own === undefined) return null;
  for (const entry of entriesOf(claim)) {
    const recipe = recipes.get(entry);
    if (recipe === undefined) continue;
    const problem =
      checkpointProblem(claim, recipe, own) ??
      (claim.kind === 'dense'
        ? (measureProblem(recipe, claim.measure) ?? measureProblem(recipe, claim.minus))
        : evaluates(recipe, claim.environment)
          ? null
          : `${claim.environment} is not evaluated`);
    if (problem !== null) return `${entry}: ${problem}`;
  }
  return null;
};

/** `recipes`: by the name of the entry. Throws `bad-claim` (exit code 2), with every claim that asks for what there will not be. */
export const requireClaims = ({ claims }: Pick<Sweep, 'claims'>, recipes: ReadonlyMap<string, Recipe>): void => {
  const problems = claims.flatMap((claim) => {
    const problem = claimProblem(claim, recipes);
    return problem === null ? [] : [`"${claim.paper}": ${problem}`];
  });
  if (problems.length === 0) return;
  throw inputError({
    code: 'bad-claim',
    what: 'Claims of this sweep ask for something that its runs will not have.',
    given: problems.join('; '),
    allowed: 'checkpoints and environments of the recipe of each entry, and measures of docs/training.md',
    todo: 'Correct them in the list before anything is run.',
  });
};
