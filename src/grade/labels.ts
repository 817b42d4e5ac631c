import type { Basis, Label } from '../record/verdict.ts';

export const known = (value: boolean, reason: string, basis: Basis = 'exact'): Label => ({
  kind: 'known',
  value,
  basis,
  reason,
});

export const unscoredLabel = (cause: string): Label => ({ kind: 'unscored', side: 'grader', cause });

export const INAPPLICABLE: Label = { kind: 'inapplicable' };

export const isYes = (label: Label): boolean => label.kind === 'known' && label.value;
