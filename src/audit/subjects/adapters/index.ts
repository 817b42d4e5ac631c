import type { SubjectOpener } from '../../open-subject.ts';

/** Scorers of other packages and promptfoo's assertions. Each opener loads its code when it is first used. */
export const ADAPTER_OPENERS: readonly SubjectOpener[] = [];
