import { inputError } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import { CONTROLS, ENVIRONMENTS } from '../env/registry.ts';
import type { Task } from '../record/task.ts';
import { heldOutSigns, signOf } from './held-out.ts';

const KNOWN: readonly Environment[] = [...ENVIRONMENTS, ...CONTROLS];

/** The families to compare with: those of this build, and what is held out among the environments of a recipe. */
export const knownWith = (environments: Iterable<Environment>): readonly Environment[] => {
  const own = [...environments].filter((environment) => !environment.trainable && !KNOWN.includes(environment));
  return own.length === 0 ? KNOWN : [...KNOWN, ...own];
};

/** Why a task must not be trained on. Null: it may be. */
export type Clearance = (task: Task) => string | null;

/**
 * Throws `not-trainable` where one of the environments is held out. It looks at the environment itself and at the tasks
 * that it makes, not at a name: a wrapper that calls itself trainable is refused where it shares graders or labels with
 * a held-out family, or where its tasks bear a sign of one. `known`: the families to compare with. This is the early
 * word, before anything is written; what is drawn later is held against `clearanceOf`, task by task.
 */
export const requireTrainable = (environments: readonly Environment[], known: readonly Environment[] = KNOWN): void => {
  for (const environment of environments) {
    const why = reasonIn(environment, known);
    if (why === null) continue;
    throw inputError({
      code: 'not-trainable',
      what: `${environment.name} is held out: no trainer takes it.`,
      given: why,
      allowed: known
        .filter(({ trainable }) => trainable)
        .map(({ name }) => name)
        .join(', '),
      todo: 'Evaluate on it instead (evaluation.environments of the recipe), and train on others.',
    });
  }
};

/** Of the families that this build knows: the same objects are asked about again and again, and looking takes a while. */
const answered = new WeakMap<Environment, string | null>();

const reasonIn = (environment: Environment, known: readonly Environment[]): string | null => {
  const there = known === KNOWN ? answered.get(environment) : undefined;
  if (there !== undefined) return there;
  const reason = reasonAgainst(
    environment,
    known.filter(({ trainable }) => !trainable),
  );
  if (known === KNOWN) answered.set(environment, reason);
  return reason;
};

const reasonAgainst = (environment: Environment, heldOut: readonly Environment[]): string | null => {
  const { name } = environment;
  if (!environment.trainable) return `${name} has trainable: false`;
  const twin = heldOut.find(
    (other) =>
      other.name === name ||
      other.tasks === environment.tasks ||
      other.proxy === environment.proxy ||
      other.intent === environment.intent ||
      other.labels === environment.labels,
  );
  if (twin !== undefined) return `${name} is made of ${twin.name}, which has trainable: false`;
  const signs = heldOutSigns(heldOut);
  for (let variant = 0; variant < Math.min(LOOK, environment.variants.train); variant++) {
    for (const task of environment.tasks({ split: 'train', variant, register: 'compact', promptSet: 'main' })) {
      const sign = signOf(task, signs);
      if (sign !== null) return `${name} makes the tasks of ${sign}`;
    }
  }
  return null;
};

/** How many variants the early word is about: all of a built-in family. */
const LOOK = 512;

/**
 * What may be trained on in a round that plays these environments: a task of the training split that one of them makes
 * itself, and that bears no sign of a held-out family, whoever made it.
 */
export const clearanceOf = (environments: readonly Environment[], known: readonly Environment[] = KNOWN): Clearance => {
  const signs = heldOutSigns(known.filter(({ trainable }) => !trainable));
  const byName = new Map(environments.map((environment) => [environment.name, environment] as const));
  const answers = new Map<string, string | null>();
  const look = (task: Task): string | null => {
    const environment = byName.get(task.environment);
    if (environment === undefined)
      return `a task of ${task.environment}, where the round trains on ${[...byName.keys()].join(', ')}`;
    if (!environment.trainable) return `a task of ${task.environment}, which has trainable: false`;
    if (task.split !== 'train') return `a task of the ${task.split} split`;
    const sign = signOf(task, signs);
    if (sign !== null) return `a task of ${sign}`;
    const { split, variant, register, promptSet } = task;
    const made = environment.tasks({ split, variant, register, promptSet });
    return made.some(({ id }) => id === task.id) ? null : `a task that ${task.environment} does not make`;
  };
  return (task) => {
    const earlier = answers.get(task.id);
    if (earlier !== undefined) return earlier;
    const answer = look(task);
    answers.set(task.id, answer);
    return answer;
  };
};

/** Throws `not-trainable` at the first task that must not be trained on. `where`: what draws them, e.g. a round. */
export const requireCleared = (tasks: Iterable<Task>, clearance: Clearance, where: string): void => {
  for (const task of tasks) {
    const why = clearance(task);
    if (why !== null) throw notCleared(why, `${where}: ${task.environment}, variant ${task.variant}`);
  }
};

export const notCleared = (why: string, where: string): Error =>
  inputError({
    code: 'not-trainable',
    what: 'A task that was not cleared for training came to a learner.',
    given: `${where}: ${why}`,
    allowed: 'tasks of the training split that the environments of the recipe make, none of a held-out family',
    todo: 'Evaluate on it instead (evaluation.environments of the recipe), and train on others.',
  });
