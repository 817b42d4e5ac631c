import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inputError } from '../base/errors.ts';

interface Shipped {
  readonly directory: string;
  /** What makes it in a clone of the repository. */
  readonly made: string;
}

/** Models that the package has a place for, by the name that stands for their directory. */
const SHIPPED: Readonly<Record<string, Shipped>> = {
  base: { directory: '../../models/base/checkpoint', made: 'node models/base/pretrain.ts' },
  'base-without-thoughts': {
    directory: '../../models/base/checkpoint-without-thoughts',
    made: 'node models/base/pretrain.ts --no-thoughts',
  },
};

export const SHIPPED_NAMES: readonly string[] = Object.keys(SHIPPED);

const shippedOf = (name: string): Shipped | null => (Object.hasOwn(SHIPPED, name) ? (SHIPPED[name] ?? null) : null);

/** Null: the name stands for no model of the package, and so is a path. */
export const shippedDirectory = (name: string): string | null => {
  const shipped = shippedOf(name);
  return shipped === null ? null : fileURLToPath(new URL(shipped.directory, import.meta.url));
};

/** Whether the name is of a model that the package has a place for and this installation does not have. Loads nothing of it. */
export const isShippedMissing = (name: string): boolean => {
  const directory = shippedDirectory(name);
  return directory !== null && !existsSync(directory) && !existsSync(`${directory}.previous`);
};

/** `given`: how the user came to it. */
export const shippedMissing = (name: string, given: string): Error => {
  const there = SHIPPED_NAMES.filter((other) => !isShippedMissing(other));
  return inputError({
    code: 'no-checkpoint',
    what: 'This model is not in this installation.',
    given,
    allowed: [...there, 'the directory of a checkpoint'].join(', or '),
    todo: `Take one of these. In a clone of the repository ${shippedOf(name)?.made ?? 'models/base/pretrain.ts'} makes it; models/base/README.md has all steps.`,
  });
};
