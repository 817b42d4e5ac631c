/** All graders of the instrument check. Ids are unique and fix the halves, so an id is never changed or reused. */
import { FOREIGN } from './entries/foreign.ts';
import { INSTRUCTIONS } from './entries/instructions.ts';
import { JUDGES } from './entries/judges.ts';
import { METRICS } from './entries/metrics.ts';
import { SUITES } from './entries/suites.ts';
import { TEXT_HOLED } from './entries/text-holed.ts';
import { TEXT_SOUND } from './entries/text-sound.ts';
import { entryOf, type ZooEntry } from './entry.ts';

export const ZOO: readonly ZooEntry[] = [
  ...TEXT_HOLED,
  ...TEXT_SOUND,
  ...METRICS,
  ...FOREIGN,
  ...JUDGES,
  ...INSTRUCTIONS,
  ...SUITES,
].map(entryOf);
