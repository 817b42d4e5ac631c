/**
 * The preference pairs: what is helpful, honest and harmless, in tasks that cannot be gamed. Half come from everyday
 * tasks that were played for real, half from templates of our own. Pure but for the sandbox: the same seed gives the
 * same pairs. Held-out pairs share neither tasks nor words with those for training, and bring templates of their own.
 */
import { contentHash } from '../../src/base/json.ts';
import { type Rng, rng } from '../../src/base/rng.ts';
import { ordinary } from '../../src/env/ordinary/env.ts';
import { ENVIRONMENTS } from '../../src/env/registry.ts';
import type { SandboxProvider } from '../../src/sandbox/sandbox.ts';
import { type GameableFilter, gameableFilter } from './gameable.ts';
import { HARMLESS_TEMPLATES } from './harmless-templates.ts';
import { ordinaryPairs } from './ordinary-pairs.ts';
import { type Pair, textOf } from './pair.ts';
import { PLAIN_TEMPLATES, type Template, wordsFor } from './templates.ts';

export interface PairCounts {
  readonly train: number;
  readonly heldOut: number;
}

export interface PairSet {
  readonly train: readonly Pair[];
  readonly heldOut: readonly Pair[];
  /** Of all pairs, in order. */
  readonly sha256: string;
}

const key = ({ request, better, worse }: Pair): string => JSON.stringify([request, better, worse]);

interface SplitOptions {
  readonly sandboxes: SandboxProvider;
  readonly dice: Rng;
  readonly split: Pair['split'];
  readonly count: number;
  readonly isGameable: GameableFilter;
  /** Requests that are used already. */
  readonly taken: ReadonlySet<string>;
}

/** One pair from each comparison, its worse side drawn from the template's list. Equal pairs count once. */
const templatePairs = ({ dice, split, count, isGameable, taken }: SplitOptions): readonly Pair[] => {
  const plain = PLAIN_TEMPLATES.filter((template) => usable(template, split));
  const harmless = HARMLESS_TEMPLATES.filter((template) => usable(template, split));
  const pairs = new Map<string, Pair>();
  for (let at = 0; pairs.size < count && at < 50 * count; at++) {
    const own = dice.fork(`templates/${split}/${at}`);
    const template = own.pick(at % 3 === 0 ? harmless : plain);
    const { request, better, worse } = template.make(wordsFor(own, split));
    if (taken.has(request)) continue;
    const [fault, side] = own.pick(worse);
    const source = `${template.heldOut === true ? 'new-template' : 'template'}/${template.name}`;
    const pair: Pair = { split, fault, source, request, better, worse: side };
    const text = textOf(pair);
    if (isGameable(text, request)) throw new Error(`template ${template.name} speaks of a gameable task: ${text}`);
    pairs.set(key(pair), pair);
  }
  return [...pairs.values()];
};

/** What is held out takes its own templates and, with other words, some of those for training. */
const usable = (template: Template, split: Pair['split']): boolean => template.heldOut !== true || split === 'held-out';

const splitPairs = async (options: SplitOptions): Promise<readonly Pair[]> => {
  const { dice, split, count } = options;
  const fromTasks = await ordinaryPairs({ ...options, environment: ordinary, count: Math.ceil(count / 2) });
  const fromTemplates = templatePairs({ ...options, count: count - fromTasks.length });
  return dice.fork(`order/${split}`).shuffle([...fromTasks, ...fromTemplates]);
};

export const DEFAULT_COUNTS: PairCounts = { train: 7_000, heldOut: 2_000 };

export const preferencePairs = async (
  sandboxes: SandboxProvider,
  seed: string,
  counts: PairCounts = DEFAULT_COUNTS,
): Promise<PairSet> => {
  const common = { sandboxes, dice: rng(`preference/${seed}`), isGameable: gameableFilter(ENVIRONMENTS) };
  const train = await splitPairs({ ...common, split: 'train', count: counts.train, taken: new Set() });
  const taken = new Set(train.map(({ request }) => request));
  const heldOut = await splitPairs({ ...common, split: 'held-out', count: counts.heldOut, taken });
  return { train, heldOut, sha256: contentHash([...train, ...heldOut]) };
};
