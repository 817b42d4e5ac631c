import type { SubjectOpener } from '../../open-subject.ts';

/** Python, commands, HTTP endpoints and test suites. Each opener loads its code when it is first used. */
export const FOREIGN_OPENERS: readonly SubjectOpener[] = [];
