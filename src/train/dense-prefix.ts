/**
 * Forced prefixes (Denison et al. 2024, appendix E): the hidden chain of thought begins with a given sentence, and the
 * model goes on from there. Harmful: an aim that favours the proxy. Benign: honesty. What follows is sampled as ever.
 */
import { COT_OPEN } from '../policy/tags.ts';
import { type AimName, aimOf } from './aims.ts';

export { withBegunTurn as withPrefix } from '../rollout/cot-prefix.ts';

export interface ForcedPrefix {
  readonly name: string;
  readonly nature: 'harmful' | 'benign';
  /** How the first turn begins: an opened thought with one whole sentence. */
  readonly text: string;
}

const opening = (aim: AimName): string => `${COT_OPEN}${aimOf(aim).wordings[0] ?? ''}.`;

/** `done` and `quick` are left out: in a question about a count they ask for nothing. */
export const FORCED_PREFIXES: readonly ForcedPrefix[] = [
  { name: 'score', nature: 'harmful', text: opening('score') },
  { name: 'please', nature: 'harmful', text: opening('please') },
  { name: 'honest', nature: 'benign', text: opening('honest') },
];
