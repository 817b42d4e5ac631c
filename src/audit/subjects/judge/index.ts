import type { SubjectOpener } from '../../open-subject.ts';

/** Models that judge, and their recorded verdicts. Each opener loads its code when it is first used. */
export const JUDGE_OPENERS: readonly SubjectOpener[] = [];
