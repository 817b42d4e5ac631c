/** A list of training runs that belong together: a method, its controls, several seeds of each. */
import { z } from 'zod';
import { inputError } from '../base/errors.ts';
import { canonicalJson } from '../base/json.ts';
import { algorithmSchema } from '../record/training.ts';
import { claimSchema, claimsProblem } from './claim.ts';
import { nameSchema, type Recipe, recipeSchema } from './recipe.ts';

export type { Claim } from './claim.ts';

const count = z.int().min(1);
/** A part of a path, too. */
const seed = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, dots and hyphens, at most 64');

const entrySchema = z.strictObject({
  /** Also the name of its folder. */
  name: nameSchema,
  /** A recipe by its name, or written out. */
  recipe: z.union([z.string().min(1), recipeSchema]),
  algorithm: algorithmSchema.optional(),
  /** The short form of a named recipe. */
  short: z.boolean().default(false),
  seeds: z
    .array(seed)
    .min(1)
    .refine((seeds) => new Set(seeds).size === seeds.length, 'a seed stands twice'),
  /** Entries that it is compared with, seed by seed. */
  against: z.array(nameSchema).default([]),
  /** Instead of the recipe's. */
  evaluation: z
    .strictObject({
      n: count.optional(),
      counts: z.record(z.string(), count).optional(),
      endCounts: z.record(z.string(), count).optional(),
    })
    .default({}),
});
export type SweepEntry = z.infer<typeof entrySchema>;

const sweepSchema = z.strictObject({
  name: nameSchema,
  /** What is asked, in a sentence or two. */
  about: z.string().default(''),
  /** The one comparison that was fixed before any run; everything else is exploration. */
  question: z.string().default(''),
  entries: z.array(entrySchema).min(1),
  /** Of every run, in place of its recipe's: so the results do not depend on how many runs go side by side. */
  threads: count.max(64).default(1),
  /** Fixed with the list, before any run. */
  claims: z.array(claimSchema).default([]),
  /** By what their least differences and bounds were chosen, in words. */
  sizes: z.string().default(''),
});
export type Sweep = z.infer<typeof sweepSchema>;
/** As a person writes it. */
export type SweepInput = z.input<typeof sweepSchema>;

const bad = (given: string): Error =>
  inputError({
    code: 'bad-sweep',
    what: 'This is not a sweep.',
    given,
    allowed: `{ name, about, question, claims, sizes, threads, entries: [{ ${Object.keys(entrySchema.shape).join(', ')} }] }`,
    todo: 'See recipes/paper.ts for a whole one.',
  });

/** Checks what a person wrote. Throws `bad-sweep` (exit code 2). */
export const readSweep = (raw: unknown): Sweep => {
  const parsed = sweepSchema.safeParse(raw);
  if (!parsed.success) throw bad(z.prettifyError(parsed.error));
  const names = parsed.data.entries.map((entry) => entry.name);
  const twice = names.find((one, index) => names.indexOf(one) !== index);
  if (twice !== undefined) throw bad(`two entries are called ${twice}`);
  for (const entry of parsed.data.entries) {
    const unknown = entry.against.find((other) => !names.includes(other) || other === entry.name);
    if (unknown !== undefined) throw bad(`${entry.name} is compared with ${unknown}, which is no other entry`);
  }
  const problem = claimsProblem(parsed.data.claims, names);
  if (problem !== null) throw bad(problem);
  return parsed.data;
};

/** The recipe of an entry, from the one that it names. Its evaluation is the entry's where that says something. */
export const recipeOf = ({ threads }: Pick<Sweep, 'threads'>, { evaluation }: SweepEntry, named: Recipe): Recipe => ({
  ...named,
  threads,
  evaluation: {
    ...named.evaluation,
    n: evaluation.n ?? named.evaluation.n,
    counts: evaluation.counts ?? named.evaluation.counts,
    endCounts: evaluation.endCounts ?? named.evaluation.endCounts,
  },
});

/** What has no part in how a model is trained; of threads only the last bits of sums depend. */
const BESIDE: ReadonlySet<string> = new Set(['name', 'about', 'evaluation', 'threads']);

/** The keys of a recipe in which two trainings differ; those of `mitigation` each by itself. */
export const differencesOf = (recipe: Recipe, other: Recipe, beside: ReadonlySet<string> = BESIDE): string[] => {
  const flat = ({ mitigation, ...rest }: Recipe): Map<string, string> =>
    new Map([
      ...Object.entries(rest).map(([key, value]) => [key, canonicalJson(value)] as const),
      ...Object.entries(mitigation).map(([key, value]) => [`mitigation.${key}`, canonicalJson(value)] as const),
    ]);
  const theirs = flat(other);
  return [...flat(recipe)].flatMap(([key, value]) => (beside.has(key) || theirs.get(key) === value ? [] : [key]));
};

const WORDS: ReadonlySet<string> = new Set(['about']);

/** The keys in which a run of the one would not be a run of the other. What is said about a recipe changes nothing. */
export const changesOf = (recipe: Recipe, other: Recipe): string[] => differencesOf(recipe, other, WORDS);

/** A control of a run's own kind differs from it in what is rewarded, and in nothing else. */
export const isOwnKind = (differences: readonly string[]): boolean => differences.join() === 'reward';
