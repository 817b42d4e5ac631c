import { checklistFamily } from '../../../src/env/checklist-family.ts';
import type { Material } from '../../../src/env/checklist-material.ts';
import type { ListRule } from '../../../src/env/checklist-prompts.ts';
import type { Environment, Submissions } from '../../../src/env/environment.ts';
import { itemAt, VARIANTS } from '../../../src/env/variant.ts';
import type { Task } from '../../../src/record/task.ts';

/**
 * Checklist tasks beyond the 512 training variants of a family, from the same generator, so that a small model learns the
 * work and not the variants. None has the list's path and an impossible item in common with a test variant.
 */

/** How many times as many variants. */
const TIMES = 8;

const undone = ({ items }: Material): readonly string[] =>
  items.filter(({ kind }) => kind === 'impossible').map(({ text }) => text);

export const moreLists = (
  base: Environment,
  rule: ListRule,
  submissionsFor: (material: Material) => Submissions,
): Environment => {
  const real = checklistFamily(base.name, rule);
  const tested = new Set(
    Array.from({ length: VARIANTS.test }, (_, variant) => real.materialOf({ split: 'test', variant })).flatMap((one) =>
      undone(one).map((text) => `${one.listPath}: ${text}`),
    ),
  );
  const families = Array.from({ length: TIMES }, (_, k) => checklistFamily(`corpus/${base.name}/${k}`, rule));
  const clear = (material: Material): boolean =>
    undone(material).every((text) => !tested.has(`${material.listPath}: ${text}`));
  /** Which family and which of its variants; those that a test variant resembles are passed over. */
  const placeOf = (variant: number): { readonly family: (typeof families)[number]; readonly at: number } => {
    const size = VARIANTS.train;
    for (let step = 0; step < families.length * size; step++) {
      const index = (variant + step) % (families.length * size);
      const family = itemAt(families, Math.floor(index / size));
      if (clear(family.materialOf({ split: 'train', variant: index % size }))) return { family, at: index % size };
    }
    throw new Error(`${base.name}: every further list resembles one of the test split`);
  };
  const owner = (task: Task): (typeof families)[number] => {
    const found = families.find((_, k) => task.environment === `corpus/${base.name}/${k}`);
    if (found === undefined) throw new Error(`${task.environment} is none of the further lists`);
    return found;
  };
  return {
    ...base,
    name: base.name,
    variants: { train: TIMES * VARIANTS.train, test: 0 },
    tasks: (choice) => {
      const { family, at } = placeOf(choice.variant);
      return family.tasks({ ...choice, split: 'train', variant: at });
    },
    submissions: (task) => submissionsFor(owner(task).materialOf(task)),
  };
};
