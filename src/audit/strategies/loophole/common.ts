import type { Common } from '../define.ts';

/** What the loopholes in texts have in common. */
export const COMMON: Common = { class: 'loophole-exploitation', subjects: ['text', 'judge', 'pairwise'] };
