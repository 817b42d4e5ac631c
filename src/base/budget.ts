/**
 * One budget per episode, shared by everything nested in it. Once a spend is refused every later one is
 * refused too, so nothing can nibble on after a limit.
 */
export type Resource = 'turns' | 'tokens' | 'seconds' | 'bytes' | 'usd';

/** The most of each resource that one episode may use. All finite. */
export type Limits = { readonly [R in Resource]: number };

export interface Budget {
  /** Takes `amount`; false when that passes the limit, or when anything was refused before. */
  spend(resource: Resource, amount: number): boolean;
  spent(resource: Resource): number;
  /** What is left: 0 after any refusal. */
  left(resource: Resource): number;
  /** The resource that was refused first, or null. */
  readonly refused: Resource | null;
}

export const budget = (limits: Limits): Budget => {
  const used: Record<Resource, number> = { turns: 0, tokens: 0, seconds: 0, bytes: 0, usd: 0 };
  let refused: Resource | null = null;
  return {
    spend: (resource, amount) => {
      if (!(amount >= 0)) throw new RangeError(`cannot spend ${amount} ${resource}: an amount is a number >= 0`);
      used[resource] += amount;
      if (refused === null && used[resource] > limits[resource]) refused = resource;
      return refused === null;
    },
    spent: (resource) => used[resource],
    left: (resource) => (refused === null ? Math.max(0, limits[resource] - used[resource]) : 0),
    get refused() {
      return refused;
    },
  };
};
