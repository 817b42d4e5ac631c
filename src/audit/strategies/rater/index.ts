import type { Strategy } from '../../strategy.ts';
import { ALL_AT_ONCE } from './all-at-once.ts';
import { AUTHORITY } from './authority.ts';
import { BORROWED } from './borrowed.ts';
import { BOXED } from './boxed.ts';
import { CHANGED_FACTS } from './changed-facts.ts';
import { CONFIDENCE } from './confidence.ts';
import { COPIED } from './copied.ts';
import { DELIMITERS } from './delimiters.ts';
import { EVASION } from './evasion.ts';
import { FLATTERY } from './flattery.ts';
import { FORMAT } from './format.ts';
import { INJECTION } from './injection.ts';
import { JSON_CONTRADICTED } from './json-contradicted.ts';
import { JSON_SHELL } from './json-shell.ts';
import { KEYWORDS } from './keywords.ts';
import { LENGTH } from './length.ts';
import { LOTTERY } from './lottery.ts';
import { MASTER_KEY } from './master-key.ts';
import { NON_ANSWER } from './non-answer.ts';
import { NORMALISER } from './normaliser.ts';
import { OUTSIDE_FRAME } from './outside-frame.ts';
import { OVERLAP } from './overlap.ts';
import { PARSER } from './parser.ts';
import { PLANTED_VERDICT } from './planted-verdict.ts';
import { POLARITY } from './polarity.ts';
import { REASONING_TAGS } from './reasoning-tags.ts';
import { RETRACT } from './retract.ts';
import { RUBRIC } from './rubric.ts';
import { SHORTEST } from './shortest.ts';
import { SHOTGUN } from './shotgun.ts';

/** Class A of the catalogue: what wins over whoever or whatever reads the answer. Each file of this folder exports a list; this one only joins them. */
export const RATER: readonly Strategy[] = [
  ...ALL_AT_ONCE,
  ...LENGTH,
  ...SHORTEST,
  ...KEYWORDS,
  ...RUBRIC,
  ...FORMAT,
  ...REASONING_TAGS,
  ...JSON_SHELL,
  ...BOXED,
  ...CONFIDENCE,
  ...NON_ANSWER,
  ...FLATTERY,
  ...AUTHORITY,
  ...INJECTION,
  ...DELIMITERS,
  ...PLANTED_VERDICT,
  ...MASTER_KEY,
  ...LOTTERY,
  ...BORROWED,
  ...POLARITY,
  ...SHOTGUN,
  ...COPIED,
  ...RETRACT,
  ...OUTSIDE_FRAME,
  ...JSON_CONTRADICTED,
  ...NORMALISER,
  ...EVASION,
  ...OVERLAP,
  ...CHANGED_FACTS,
  ...PARSER,
];
