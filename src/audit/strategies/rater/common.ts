import type { Common } from '../define.ts';

/** Attacks on whatever reads one text, by rule or by model, alone or beside another. */
export const RATED: Common = { class: 'rater-hacking', subjects: ['text', 'judge', 'pairwise'] };
