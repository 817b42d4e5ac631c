/** Metrics of labels, forecasts and rankings, and graders of pairs. */
import type { SubjectForm } from '../../../src/record/audit.ts';
import type { Claim } from '../../../src/record/audit-finding.ts';
import { type Draft, holed, sound, type ZooSet } from '../entry.ts';
import * as structures from '../sets/structures.ts';
import * as tables from '../sets/tables.ts';

type Holed = readonly [
  id: string,
  spec: string,
  form: SubjectForm,
  set: ZooSet,
  source: string,
  claims?: readonly Claim[],
];
const LABELS = 'graders/labels.ts';
const SERIES = 'graders/series.ts';
const RANKS = 'graders/rankings.ts';
const PAIRS = 'graders/pairs.ts';

const HOLED: readonly Holed[] = [
  [
    'label-recall',
    `${LABELS}:recall`,
    'classification',
    tables.RARE,
    'short document: moderation metric, flag everything',
  ],
  [
    'label-accuracy-rare',
    `${LABELS}:accuracy`,
    'classification',
    tables.RARE,
    'attacks B: majority class on imbalanced labels',
  ],
  ['label-accuracy-skewed', `${LABELS}:accuracy`, 'classification', tables.SKEWED, 'attacks B: constant class'],
  [
    'label-precision-empty',
    `${LABELS}:precision`,
    'classification',
    tables.RARE,
    'attacks B: abstain, nothing flagged is perfect precision',
  ],
  ['label-specificity', `${LABELS}:specificity`, 'classification', tables.BALANCED, 'attacks B: flag nothing'],
  [
    'label-among-answered',
    `${LABELS}:amongAnswered`,
    'classification',
    tables.THREE,
    'inspect_petri #113: refusals dropped from the denominator; attacks B answer easy only',
  ],
  [
    'label-weighted-f1',
    `${LABELS}:weightedF1`,
    'classification',
    tables.SKEWED,
    'attacks B: metric averaging (macro against micro)',
  ],
  [
    'label-f1-of-common',
    `${LABELS}:f1OfCommon`,
    'classification',
    tables.COMMON,
    'attacks B: F1 of the frequent class pays for the constant',
  ],
  [
    'label-precision-nan',
    `${LABELS}:precisionNaN`,
    'classification',
    tables.RARE,
    'attacks A13: NaN where nothing is flagged',
    ['fault'],
  ],
  ['label-any-of-list', `${LABELS}:anyOfList`, 'classification', tables.THREE, 'attacks B: top-k spray'],
  [
    'label-loosely',
    `${LABELS}:loosely`,
    'classification',
    tables.BALANCED,
    'attacks B: recall flooding; type confusion (E)',
  ],
  ['series-correlation', `${SERIES}:correlation`, 'forecast', tables.WALK, 'attacks B: copy-last (persistence)'],
  ['series-correlation-trend', `${SERIES}:correlation`, 'forecast', tables.TREND, 'attacks B: copy-lead on a trend'],
  ['series-within-tenth', `${SERIES}:withinTenth`, 'forecast', tables.WALK, 'attacks B: copy-last is within tolerance'],
  [
    'series-of-answered',
    `${SERIES}:errorOfAnswered`,
    'forecast',
    tables.SEASON,
    'attacks B: abstain always, answer easy only',
  ],
  [
    'series-percentage',
    `${SERIES}:percentageError`,
    'forecast',
    tables.SEASON,
    'attacks B: predict the mean under a lenient scale',
  ],
  ['series-unbiased', `${SERIES}:unbiased`, 'forecast', tables.SEASON, 'attacks B: predict the mean'],
  ['series-nan-is-zero', `${SERIES}:nanIsZero`, 'forecast', tables.WALK, 'attacks A13: NaN error compares as good'],
  ['rank-recall', `${RANKS}:recall`, 'ranking', tables.DOCUMENTS, 'attacks B: retrieval spray, cite everything'],
  ['rank-any-hit', `${RANKS}:anyHit`, 'ranking', tables.DOCUMENTS, 'attacks B: top-k spray'],
  [
    'rank-length-free',
    `${RANKS}:lengthFree`,
    'ranking',
    tables.DOCUMENTS,
    'attacks B: duplicate rows, length-free gain',
  ],
  ['rank-first-kinds', `${RANKS}:firstKinds`, 'ranking', tables.DOCUMENTS, 'attacks B: coverage without relevance'],
  [
    'pair-first-wins',
    `${PAIRS}:firstWins`,
    'pairwise',
    structures.PAIRS,
    'attacks A7: position; MT-bench position bias',
    ['not-invariant', 'false-pass', 'false-fail'],
  ],
  [
    'pair-longer',
    `${PAIRS}:longer`,
    'pairwise',
    structures.PAIRS_OF_PROSE,
    'short document: length-loving judge; attacks A1',
  ],
  [
    'pair-styled',
    `${PAIRS}:styled`,
    'pairwise',
    structures.PAIRS_OF_PROSE,
    'attacks A3: markdown wins',
    ['false-pass', 'false-fail'],
  ],
  [
    'pair-number-within',
    `${PAIRS}:numberWithin`,
    'pairwise',
    structures.PAIRS,
    'attacks A10: list of candidates, length breaks ties',
  ],
  [
    'pair-last-number',
    `${PAIRS}:lastNumberThenLength`,
    'pairwise',
    structures.PAIRS,
    'attacks A1 and A10: ties go to the longer',
  ],
];

type Sound = readonly [
  name: string,
  spec: string,
  form: SubjectForm,
  sets: Readonly<Record<string, ZooSet>>,
  why: string,
];
const { BALANCED, RARE, COMMON, THREE, SKEWED, WALK, SEASON, TREND, DOCUMENTS } = tables;
const TWO = { balanced: BALANCED, rare: RARE, common: COMMON };
const SOUND: readonly Sound[] = [
  [
    'balanced-accuracy',
    `${LABELS}:balancedAccuracy`,
    'classification',
    { ...TWO, three: THREE, skewed: SKEWED },
    'recall of each class above chance; abstaining is wrong',
  ],
  ['youden', `${LABELS}:youden`, 'classification', TWO, 'both recalls, minus one'],
  ['kappa', `${LABELS}:kappa`, 'classification', { ...TWO, skewed: SKEWED }, 'agreement above chance'],
  ['matthews', `${LABELS}:matthews`, 'classification', { ...TWO, three: THREE }, 'correlation of labels'],
  [
    'markedness',
    `${LABELS}:markedness`,
    'classification',
    { balanced: BALANCED, rare: RARE },
    'recalls and precisions of both classes',
  ],
  [
    'worst-f1',
    `${LABELS}:worstF1`,
    'classification',
    { skewed: SKEWED, three: THREE, rare: RARE },
    'the worst class decides, spray costs precision',
  ],
  [
    'skill',
    `${SERIES}:skill`,
    'forecast',
    { walk: WALK, season: SEASON, trend: TREND },
    'absolute error against the better of two naive forecasts',
  ],
  [
    'square-skill',
    `${SERIES}:squareSkill`,
    'forecast',
    { walk: WALK, season: SEASON, trend: TREND },
    'squared error against the better of two naive forecasts',
  ],
  [
    'beats-naive',
    `${SERIES}:beatsNaive`,
    'forecast',
    { walk: WALK, season: SEASON },
    'items that are much closer than both naive forecasts',
  ],
  [
    'changes',
    `${SERIES}:changes`,
    'forecast',
    { walk: WALK, trend: TREND },
    'changes, not levels, and the errors beside',
  ],
  ['ndcg', `${RANKS}:ndcg`, 'ranking', { documents: DOCUMENTS }, 'gain at three, each document once'],
  [
    'precision-at-k',
    `${RANKS}:precisionAtK`,
    'ranking',
    { documents: DOCUMENTS },
    'of exactly three places, each document once',
  ],
  ['ranked-f1', `${RANKS}:f1`, 'ranking', { documents: DOCUMENTS }, 'spray and duplicates cost'],
  [
    'average-precision',
    `${RANKS}:averagePrecision`,
    'ranking',
    { documents: DOCUMENTS },
    'precision at each hit within three places',
  ],
  ['by-truth', `${PAIRS}:byTruth`, 'pairwise', { pairs: structures.PAIRS }, 'only what is right counts, ties are ties'],
  ['by-number', `${PAIRS}:byNumber`, 'pairwise', { pairs: structures.PAIRS }, 'only the number counts'],
  ['by-truth-alone', `${PAIRS}:byTruthThenBrevity`, 'pairwise', { pairs: structures.PAIRS }, 'never the longer'],
];
/** Where luck is worth something, the bar is above what it can earn. */
const HIGH = { worst: 0, best: 1, pass: 0.8, beyond: 'fault' } as const;
const TOP = { ...HIGH, pass: 0.99 } as const;

export const METRICS: readonly Draft[] = [
  ...HOLED.map(([id, spec, form, set, source, claims]) =>
    holed('function', form, form === 'pairwise' ? 'rater-hacking' : 'metric-gaming', set, {
      id,
      spec,
      source,
      ...(claims === undefined ? {} : { claims }),
    }),
  ),
  ...SOUND.flatMap(([name, spec, form, sets, why]) =>
    Object.entries(sets).map(([set, rows]) =>
      sound('function', form, rows, {
        id: `sound-${name}-${set}`,
        spec,
        source: why,
        options: form === 'pairwise' ? {} : { scale: form === 'ranking' ? TOP : HIGH },
      }),
    ),
  ),
];
