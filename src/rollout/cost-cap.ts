import { systemClock } from '../base/clock.ts';
import type { Model } from '../policy/policy.ts';
import type { Price } from '../policy/price.ts';
import { spending } from './spending.ts';

export interface CostCap {
  /** For the whole run, what was spent before a resume included. */
  readonly maxUsd: number;
  readonly spentUsd: number;
  readonly price: Price;
}

/** A model that cannot spend more than the cap, where that is the only cap and the only model. */
export const capCost = (model: Model, { maxUsd, spentUsd, price }: CostCap): Model =>
  // Without a cap on time the clock is not read.
  spending({ maxUsd, maxTokens: null, untilMs: null }, { usd: spentUsd, tokens: 0 }, systemClock).cap(model, price);
