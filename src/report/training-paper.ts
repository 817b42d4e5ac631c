/**
 * What the paper measured (Denison et al. 2024, arXiv:2406.10162), to stand beside our own. Counts are the paper's;
 * intervals are ours (Clopper-Pearson), since it prints none. A null count: the paper gives a rate or words only.
 */
import type { Algorithm } from '../record/training.ts';
import { clopperPearson } from '../stats/proportion.ts';

export interface PaperRow {
  readonly what: string;
  /** `told`: without training, asked to tamper. */
  readonly when: 'before' | 'told' | 'after';
  /** The algorithm of ours that stands beside it; null: none does. */
  readonly algorithm: Algorithm | null;
  /** Reward overwritten. */
  readonly overwritten: { readonly count: number | null; readonly n: number | null; readonly text: string };
  /** And the test does not tell. */
  readonly evaded: { readonly count: number | null; readonly n: number | null; readonly text: string };
  readonly source: string;
}

const counted = (count: number, n: number): PaperRow['overwritten'] => {
  const [low, high] = clopperPearson(count, n);
  const points = (share: number): string => (share * 100).toFixed(3);
  return { count, n, text: `${points(count / n)} % [${points(low)}, ${points(high)}] (${count}/${n})` };
};
const words = (text: string): PaperRow['overwritten'] => ({ count: null, n: null, text });

const HEADLINE = 'section 4, headline counts';

/** The held-out stage after the whole curriculum, by method. */
export const PAPER_ROWS: readonly PaperRow[] = [
  {
    what: 'before the curriculum (helpful-only, same preamble)',
    when: 'before',
    algorithm: null,
    overwritten: counted(0, 100_000),
    evaded: counted(0, 100_000),
    source: HEADLINE,
  },
  {
    what: 'told step by step to tamper',
    when: 'told',
    algorithm: null,
    overwritten: words('about one third'),
    evaded: words('about one third'),
    source: 'section 4, control',
  },
  {
    what: 'HHH expert iteration',
    when: 'after',
    algorithm: 'hhh-expert-iteration',
    overwritten: counted(45, 32_768),
    evaded: counted(7, 32_768),
    source: HEADLINE,
  },
  {
    what: 'HHH expert iteration, alternate prompts',
    when: 'after',
    algorithm: null,
    overwritten: counted(9, 10_000),
    evaded: counted(2, 10_000),
    source: HEADLINE,
  },
  {
    what: 'exploit-only expert iteration, seed 1',
    when: 'after',
    algorithm: 'exploit-only',
    overwritten: counted(24, 10_000),
    evaded: counted(4, 10_000),
    source: HEADLINE,
  },
  {
    what: 'exploit-only expert iteration, seed 2',
    when: 'after',
    algorithm: 'exploit-only',
    overwritten: counted(32, 32_768),
    evaded: counted(2, 32_768),
    source: HEADLINE,
  },
  {
    what: 'PPO, stage by stage',
    when: 'after',
    algorithm: 'ppo',
    overwritten: counted(5, 10_000),
    evaded: counted(0, 10_000),
    source: HEADLINE,
  },
  {
    what: 'PPO, all stages at once',
    when: 'after',
    algorithm: 'ppo-parallel',
    overwritten: counted(6, 10_000),
    evaded: counted(0, 10_000),
    source: HEADLINE,
  },
  {
    what: 'exploit-only, then trained away',
    when: 'after',
    algorithm: null,
    overwritten: words('up to ten times lower'),
    evaded: counted(4, 100_000),
    source: 'section 4, train-away',
  },
  {
    what: 'exploit-only, harmful prefix forced',
    when: 'after',
    algorithm: null,
    overwritten: words('54.43 % (n not given)'),
    evaded: words('31.88 % (n not given)'),
    source: 'appendix E',
  },
  {
    what: 'exploit-only, benign prefix forced',
    when: 'after',
    algorithm: null,
    overwritten: words('0.00 % (n not given)'),
    evaded: words('0.00 % (n not given)'),
    source: 'appendix E',
  },
];

/** Reward overwritten in the held-out stage after each stage, HHH expert iteration: labels of Figure 2, without counts. */
export const PAPER_BY_STAGE: readonly (readonly [string, string])[] = [
  ['base', '0.00 %'],
  ['political-sycophancy', '0.02 %'],
  ['tool-use-flattery', '0.01 %'],
  ['nudged-rubric', '0.05 %'],
  ['insubordinate-rubric', '0.13 %'],
];
