import type { SubjectOpener } from '../../open-subject.ts';

/** Models that judge, and their recorded verdicts. Each opener loads its code when it is first used. */
export const JUDGE_OPENERS: readonly SubjectOpener[] = [
  {
    claims: (spec) => /^(?:reference-|pairwise-)?judge:/.test(spec),
    open: async (...given) => (await import('./open.ts')).openJudge(...given),
  },
  {
    claims: (spec) => spec.startsWith('recorded:'),
    open: async (...given) => (await import('./open.ts')).openRecorded(...given),
  },
];
