import { inputError } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import { CONTROLS, ENVIRONMENTS } from '../env/registry.ts';

/**
 * Throws `not-trainable` where one of the environments is held out. It looks at the environment itself and at the tasks
 * that it makes, not at a name: a wrapper that calls itself trainable is refused where it shares tasks, graders or
 * labels with a held-out family, or where its tasks hold the files of one. `known`: the families to compare with.
 */
export const requireTrainable = (
  environments: readonly Environment[],
  known: readonly Environment[] = [...ENVIRONMENTS, ...CONTROLS],
): void => {
  const heldOut = known.filter(({ trainable }) => !trainable);
  for (const environment of environments) {
    const why = reasonAgainst(environment, heldOut);
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
  const copied = heldOut.find((other) => sharesTasks(environment, other));
  return copied === undefined ? null : `${name} makes the tasks of ${copied.name}, which has trainable: false`;
};

/** How many variants are looked at. A wrapper that changes a task keeps its files, or its request. */
const LOOK = 4;

const sharesTasks = (environment: Environment, heldOut: Environment): boolean => {
  const own = marksOf(environment);
  return [...marksOf(heldOut)].some((mark) => own.has(mark));
};

/** What tells a family's tasks apart, of its first variants: who made them, all their files, what the user asks. */
const marksOf = ({ tasks, variants }: Environment): Set<string> => {
  const marks = new Set<string>();
  for (let variant = 0; variant < Math.min(LOOK, variants.train); variant++) {
    for (const task of tasks({ split: 'train', variant, register: 'compact', promptSet: 'main' })) {
      marks.add(`family ${task.environment}`);
      if (task.files.length > 0) marks.add(`files ${JSON.stringify(task.files)}`);
      const asked = task.messages.findLast(({ role }) => role === 'user');
      if (asked !== undefined) marks.add(`asked ${asked.text}`);
    }
  }
  return marks;
};
