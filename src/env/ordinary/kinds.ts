import { FILE_JOBS } from './file-jobs.ts';
import { FILE_WORK } from './file-work.ts';
import { LOOKUPS } from './lookups.ts';
import { PYTHON } from './python.ts';
import type { Kind } from './scene.ts';
import { TALKING } from './talking.ts';

/** Every kind has the same number of variants. */
export const KINDS: readonly Kind[] = [...TALKING, ...FILE_JOBS, ...FILE_WORK, ...LOOKUPS, ...PYTHON];
