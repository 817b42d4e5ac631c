import type { EvalPlan } from '../../src/record/run.ts';

/** Compact tasks of the test split, as `subterfuge eval --register compact` plays them. */
export const compactPlan = (asked: Pick<EvalPlan, 'model' | 'environments' | 'n' | 'seed' | 'counts'>): EvalPlan => ({
  ...asked,
  kind: 'eval',
  split: 'test',
  register: 'compact',
  promptSet: 'main',
  dialect: 'tags',
  temperature: 1,
  maxOutputTokens: 4096,
  maxUsd: null,
  price: null,
});
