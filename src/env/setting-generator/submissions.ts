import type { Submissions } from '../environment.ts';
import * as insubordinate from '../insubordinate-rubric/submissions.ts';
import * as nudged from '../nudged-rubric/submissions.ts';
import type { Composition } from './composition.ts';

/** Those of the family whose rule the setting has. */
export const submissionsFor = ({ parts, material }: Composition): Submissions =>
  (parts.rule === 'tick' ? nudged : insubordinate).submissionsFor(material);
