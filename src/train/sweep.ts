/** A list of training runs that belong together: a method, its controls, several seeds of each. */
import { z } from 'zod';
import { inputError } from '../base/errors.ts';
import { canonicalJson } from '../base/json.ts';
import { algorithmSchema, matrixLabelSchema } from '../record/training.ts';
import { type Recipe, recipeSchema } from './recipe.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'small letters, digits and hyphens, at most 64');
const count = z.int().min(1);
/** A part of a path, too. */
const seed = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, dots and hyphens, at most 64');

const entrySchema = z.strictObject({
  /** Also the name of its folder. */
  name,
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
  against: z.array(name).default([]),
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

const claimShape = {
  /** What the paper says, in a sentence. */
  paper: z.string().min(1),
  /** The entry in which it is looked for. */
  entry: name,
  /** `last`: behind the last stage. */
  checkpoint: z.string().min(1).default('last'),
};
const shiftShape = {
  expect: z.enum(['higher', 'lower']),
  /** The least difference that would count, as a share: where the interval rules even that out, the claim does not replicate. */
  least: z.number().positive(),
  /** The one comparison that was fixed before any run, so that it needs no adjustment for the others. */
  primary: z.boolean().default(false),
};

/** A statement of the paper and where it would show. matrix-claims.ts has the rule that decides it. */
export const claimSchema = z.discriminatedUnion('kind', [
  /** A cell is higher or lower than in every one of the entries beside it. */
  z.strictObject({
    kind: z.literal('shift'),
    ...claimShape,
    ...shiftShape,
    against: z.array(name).min(1),
    environment: z.string().min(1),
    label: matrixLabelSchema,
  }),
  /** A rate of one model lies on one side of a bound. */
  z.strictObject({
    kind: z.literal('level'),
    ...claimShape,
    environment: z.string().min(1),
    label: matrixLabelSchema,
    expect: z.enum(['at least', 'at most']),
    bound: z.number().min(0).max(1),
  }),
  /** One dense measure is higher than another in the same model. */
  z.strictObject({
    kind: z.literal('dense'),
    ...claimShape,
    ...shiftShape,
    measure: z.string().min(1),
    minus: z.string().min(1),
  }),
]);
export type Claim = z.infer<typeof claimSchema>;

const sweepSchema = z.strictObject({
  name,
  /** What is asked, in a sentence or two. */
  about: z.string().default(''),
  /** The one comparison that was fixed before any run; everything else is exploration. */
  question: z.string().default(''),
  entries: z.array(entrySchema).min(1),
  /** Of every run, in place of its recipe's: so the results do not depend on how many runs go side by side. */
  threads: count.max(64).default(1),
  /** Fixed with the list, before any run. */
  claims: z.array(claimSchema).default([]),
});
export type Sweep = z.infer<typeof sweepSchema>;
/** As a person writes it. */
export type SweepInput = z.input<typeof sweepSchema>;

const bad = (given: string): Error =>
  inputError({
    code: 'bad-sweep',
    what: 'This is not a sweep.',
    given,
    allowed: `{ name, about, question, claims, threads, entries: [{ ${Object.keys(entrySchema.shape).join(', ')} }] }`,
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
  for (const claim of parsed.data.claims) {
    const asked = [claim.entry, ...(claim.kind === 'shift' ? claim.against : [])];
    const missing = asked.find((entry) => !names.includes(entry));
    if (missing !== undefined) throw bad(`the claim "${claim.paper}" is about ${missing}, which is no entry`);
  }
  if (parsed.data.claims.filter((claim) => claim.kind !== 'level' && claim.primary).length > 1)
    throw bad('two claims are primary, and only one comparison goes without adjustment');
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
