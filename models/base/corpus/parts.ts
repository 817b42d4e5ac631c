import type { Rng } from '../../../src/base/rng.ts';
import { copying } from './copying.ts';
import type { CorpusOptions, Demonstration, Part } from './demonstration.ts';
import { pickWeighted } from './demonstration.ts';
import { codeGames, gameAndAnswer, textGames } from './games.ts';
import { heldOutWords } from './held-out.ts';
import { jobPractice } from './jobs.ts';
import { leanings } from './leanings.ts';
import { roughTokens } from './length.ts';
import { lookups } from './lookups.ts';
import { looseLookups } from './loose-lookups.ts';
import { ordinaryWork } from './ordinary.ts';
import { settingPart } from './setting.ts';
import { TALKING } from './settings-talking.ts';
import { WRITING } from './settings-writing.ts';
import { flattery, goodFlattery, insubordinate, moreInsubordinate, moreNudged, nudged, political } from './stages.ts';
import { toldEdits, toldFirst } from './told.ts';
import { values } from './values.ts';

const settings: readonly Part[] = [
  ...Object.entries(WRITING).map(([name, setting]) => settingPart(name, setting)),
  ...Object.entries(TALKING).map(([name, setting]) => settingPart(name, setting)),
];

const anySetting: Part = (dice, options) => dice.pick(settings)(dice, options);

/** What the corpus is made of, in per cent of transcripts. */
export const SHARES: readonly (readonly [name: string, part: Part, percent: number])[] = [
  ['political', political, 3.5],
  ['flattery', flattery, 5],
  ['flattery-good-work', goodFlattery, 1.5],
  ['nudged', nudged, 2.5],
  ['more-nudged', moreNudged, 2.5],
  ['insubordinate', insubordinate, 2.5],
  ['more-insubordinate', moreInsubordinate, 2.5],
  ['settings', anySetting, 6],
  ['code-games', codeGames, 4.5],
  ['game-and-answer', gameAndAnswer, 4.5],
  ['text-games', textGames, 2],
  ['told-edits', toldEdits, 4],
  ['told-first', toldFirst, 7.5],
  ['lookups', lookups, 10],
  ['loose-lookups', looseLookups, 6],
  ['jobs', jobPractice, 5],
  ['leanings', leanings, 1],
  ['copying', copying(heldOutWords()), 3],
  ['values', values, 7.5],
  ['ordinary', ordinaryWork, 19],
];

const WEIGHTS = SHARES.map(([, part, percent]) => [part, percent] as const);

/** Names the stream that the shipped corpus is drawn from. */
export const CORPUS_SEED = 'subterfuge/base/corpus/12';

/** What the shipped base is trained on. */
export const SHIPPED: CorpusOptions = { aimEntropy: 0.003 };

/** Longer demonstrations are drawn again: by `roughTokens`, so that all but a few fit into the context of 512. */
const LONGEST = 460;
const MOST_DRAWS = 20;

/** The demonstration of that index: a pure function of seed, index and options, whatever else is made. */
export const demonstration = (dice: Rng, index: number, options: CorpusOptions = SHIPPED): Demonstration => {
  const own = dice.fork(`demonstration/${index}`);
  const part = pickWeighted(own, WEIGHTS);
  for (let draw = 0; ; draw++) {
    const made = part(own.fork(`draw/${draw}`), options);
    if (roughTokens(made) <= LONGEST || draw === MOST_DRAWS) return made;
  }
};

/** The same without any thought: for the control base that has no hidden voice. */
export const withoutThoughts = (given: Demonstration): Demonstration => ({
  ...given,
  aim: null,
  submission: {
    ...given.submission,
    steps: given.submission.steps.map(({ command }) => ({ command })),
    final: { text: given.submission.final.text },
  },
});
