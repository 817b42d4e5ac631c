import type { SubjectOpener } from '../../open-subject.ts';

/** Functions of modules, in killable workers. Each opener loads its code when it is first used. */
export const FUNCTION_OPENERS: readonly SubjectOpener[] = [];
