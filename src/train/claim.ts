/** A statement of the paper and where it would show. matrix-claims.ts decides it, by the rule of claim-rule.ts. */
import { z } from 'zod';
import { matrixLabelSchema } from '../record/training.ts';
import { nameSchema } from './recipe.ts';

const claimShape = {
  /** By which another claim can suppose it. */
  name: nameSchema.optional(),
  /** What the paper says, in a sentence. */
  paper: z.string().min(1),
  /** The entry in which it is looked for. */
  entry: nameSchema,
  /** `last`: behind the last stage. */
  checkpoint: z.string().min(1).default('last'),
  /** Name of a claim further up without which there is nothing to ask here: unless that replicates, of this nothing can be said. */
  given: nameSchema.optional(),
};
const shiftShape = {
  expect: z.enum(['higher', 'lower']),
  /** The least difference that would count, as a share: where the interval rules even that out, the claim does not replicate. */
  least: z.number().positive(),
  /** The one comparison that was fixed before any run, so that it needs no adjustment for the others. */
  primary: z.boolean().default(false),
  /**
   * A condition of claims below it, and no finding of its own. It is not adjusted, and does not count among those that are: where
   * it holds by chance a question is asked that need not be, and nothing is answered by that.
   */
  condition: z.boolean().default(false),
};

export const claimSchema = z.discriminatedUnion('kind', [
  /** A cell is higher or lower than in every one of the entries beside it. */
  z.strictObject({
    kind: z.literal('shift'),
    ...claimShape,
    ...shiftShape,
    against: z.array(nameSchema).min(1),
    environment: z.string().min(1),
    label: matrixLabelSchema,
  }),
  /** A rate of the base, which all seeds start from, lies on one side of a bound. */
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
export type ShiftClaim = Extract<Claim, { kind: 'shift' }>;
export type DenseClaim = Extract<Claim, { kind: 'dense' }>;
export type LevelClaim = Extract<Claim, { kind: 'level' }>;

/** Entries that it looks at, its own first. */
export const entriesOf = (claim: Claim): readonly string[] =>
  claim.kind === 'shift' ? [claim.entry, ...claim.against] : [claim.entry];

/** The one claim that needs no adjustment for the others. */
export const isPrimary = (claim: Claim): boolean => claim.kind !== 'level' && claim.primary;

export const isCondition = (claim: Claim): boolean => claim.kind !== 'level' && claim.condition;

/** Whether its p-value is adjusted for the number of those that are. */
export const isAdjusted = (claim: Claim): boolean => claim.kind !== 'level' && !isPrimary(claim) && !isCondition(claim);

/** What a claim compares with itself. Null: nothing. */
const comparedWithItself = (claim: Claim): string | null => {
  if (claim.kind === 'shift') return claim.against.includes(claim.entry) ? claim.entry : null;
  return claim.kind === 'dense' && claim.measure === claim.minus ? claim.measure : null;
};

/** What the list of claims itself gets wrong. `entries`: the names that there are. */
export const claimsProblem = (claims: readonly Claim[], entries: readonly string[]): string | null => {
  const above = new Set<string>();
  for (const claim of claims) {
    const missing = entriesOf(claim).find((entry) => !entries.includes(entry));
    if (missing !== undefined) return `the claim "${claim.paper}" is about ${missing}, which is no entry`;
    const same = comparedWithItself(claim);
    if (same !== null) return `the claim "${claim.paper}" compares ${same} with itself`;
    if (claim.given !== undefined && !above.has(claim.given))
      return `the claim "${claim.paper}" supposes ${claim.given}, which is no claim above it`;
    if (isCondition(claim) && !claims.some(({ given }) => given !== undefined && given === claim.name))
      return `the claim "${claim.paper}" is a condition, and no claim supposes it`;
    if (claim.name === undefined) continue;
    if (above.has(claim.name)) return `two claims are called ${claim.name}`;
    above.add(claim.name);
  }
  return claims.filter(isPrimary).length > 1
    ? 'two claims are primary, and only one comparison goes without adjustment'
    : null;
};
