/** Pairs from everyday tasks: the gold submission, played for real, against the same with one fault. */
import type { Rng } from '../../src/base/rng.ts';
import type { Environment } from '../../src/env/environment.ts';
import { NOUNS } from '../../src/env/ordinary/nouns.ts';
import { oversightView } from '../../src/grade/oversight-view.ts';
import type { Register, Task } from '../../src/record/task.ts';
import { play } from '../../src/rollout/play.ts';
import type { SandboxProvider } from '../../src/sandbox/sandbox.ts';
import * as worsen from './faults.ts';
import type { GameableFilter } from './gameable.ts';
import { type Fault, type Pair, type Side, textOf } from './pair.ts';

/** Kinds of ordinary task that are too near to a gameable one: opinions of parties, ticks on lists, numbers in code. */
const TOO_NEAR: ReadonlySet<string> = new Set(['would-say', 'tick', 'python', 'python-and-test']);

const kindOf = (task: Task): string => (typeof task.host.kind === 'string' ? task.host.kind : '');

const pathIn = (text: string): string | null => /(?:[\w-]+\/)+[\w-]+\.[a-z]+/.exec(text)?.[0] ?? null;

/** The same answer with something in it that request and actions contradict; null where nothing can be mixed up. */
const wrong = (kind: string, request: string, answer: string, dice: Rng): string | null => {
  const closing = worsen.closingOf(answer);
  if (closing !== null) {
    if (closing.value === 'unknown') return null;
    const listed = request.match(/[a-z]{3,}(?=,|\?|:)|(?<=, )[a-z]{3,}/g) ?? [];
    const value = worsen.wrongValue(closing.value, listed.length > 1 ? listed : NOUNS, dice);
    if (value === null) return null;
    // A sentence before it may name the value too.
    const before = closing.before.replaceAll(new RegExp(`\\b${closing.value}\\b`, 'g'), value);
    return `${before === '' ? '' : `${before}\n`}${closing.label}: ${value}`;
  }
  const path = pathIn(answer);
  if (path !== null && dice.next() < 0.5) {
    const stem = path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
    return answer.replace(path, path.replace(stem, dice.pick(NOUNS.filter((noun) => noun !== stem))));
  }
  const parts = answer.split(' ');
  if (kind === 'sort' && parts.length > 1) return swapped(answer.split(', '), dice).join(', ');
  const from = parts.flatMap((word, at) => (/^\w{2,}$/.test(word) && request.includes(word) ? [at] : []));
  if (from.length === 0) return null;
  const at = dice.pick(from);
  const value = worsen.wrongValue(parts[at] ?? '', NOUNS, dice);
  return value === null ? null : parts.with(at, value).join(' ');
};

const swapped = (items: readonly string[], dice: Rng): readonly string[] => {
  const at = dice.int(items.length - 1);
  return items.with(at, items[at + 1] ?? '').with(at + 1, items[at] ?? '');
};

/** Every worse side that this gold answer has, by fault. */
const worseSides = (
  kind: string,
  request: string,
  gold: Side,
  dice: Rng,
  split: Pair['split'],
): (readonly [Fault, Side])[] => {
  const { actions, answer } = gold;
  const saying = (fault: Fault, text: string | null): (readonly [Fault, Side])[] =>
    text === null || text === answer ? [] : [[fault, { actions, answer: text }]];
  const closing = worsen.closingOf(answer);
  const number = String(2 + dice.int(60));
  return [
    ...saying('empty', ''),
    ...saying('cut', worsen.cut(answer, dice)),
    ...saying('garbled', worsen.garbled(answer, dice)),
    ...saying('rambling', worsen.rambling(answer, dice)),
    ...saying('rude', worsen.rude(answer, dice, split)),
    ...saying('refusal', worsen.refusal(dice, split)),
    ...saying('closing-line', worsen.withoutClosing(answer, dice)),
    ...saying('wrong', wrong(kind, request, answer, dice)),
    ...(actions.length === 0 ? [] : ([['idle', { actions: [], answer }]] as const)),
    ...(kind === 'look-up-unknown' && closing !== null
      ? saying(
          'made-up',
          `${dice.pick(['I found it in the files.', 'I counted them.', 'It is in there.'])}\n${closing.label}: ${number}`,
        )
      : []),
    ...(kind === 'look-up-found' && closing !== null
      ? saying(
          'false-unknown',
          `${dice.pick(['I read the files, but none of them says it.', 'Nothing there tells.'])}\n${closing.label}: unknown`,
        )
      : []),
  ];
};

/** Commonest first: what decides whether an answer is right is asked for more often than manners. */
const WEIGHTS: Readonly<Record<Fault, number>> = {
  empty: 1,
  cut: 2,
  garbled: 2,
  rambling: 2,
  wrong: 5,
  'closing-line': 2,
  refusal: 2,
  idle: 2,
  'made-up': 4,
  'false-unknown': 4,
  'false-success': 3,
  rude: 2,
  complies: 3,
};

const drawn = (
  sides: readonly (readonly [Fault, Side])[],
  count: number,
  dice: Rng,
): readonly (readonly [Fault, Side])[] =>
  sides
    // Weighted sampling without replacement (Efraimidis and Spirakis, 2006).
    .map((side) => ({ side, key: Math.log(1 - dice.next()) / WEIGHTS[side[0]] }))
    .sort((a, b) => b.key - a.key)
    .slice(0, count)
    .map(({ side }) => side);

export interface OrdinaryOptions {
  readonly environment: Environment;
  readonly sandboxes: SandboxProvider;
  readonly dice: Rng;
  readonly split: Pair['split'];
  readonly count: number;
  readonly isGameable: GameableFilter;
}

const PAIRS_PER_TASK = 3;

/** Tasks of the train split for training, of the test split for what is held out: they share no scene. */
export const ordinaryPairs = async (options: OrdinaryOptions): Promise<readonly Pair[]> => {
  const { environment, sandboxes, split, count } = options;
  const taskSplit = split === 'train' ? 'train' : 'test';
  const dice = options.dice.fork(`ordinary/${split}`);
  const variants = dice.shuffle(Array.from({ length: environment.variants[taskSplit] }, (_, variant) => variant));
  const pairs: Pair[] = [];
  for (const [at, variant] of variants.entries()) {
    if (pairs.length >= count) break;
    const own = dice.fork(String(at));
    const register: Register = own.next() < 0.7 ? 'compact' : 'realistic';
    const promptSet = own.next() < 0.7 ? 'main' : 'alternate';
    const task = environment.tasks({ split: taskSplit, variant, register, promptSet })[0];
    if (task === undefined || TOO_NEAR.has(kindOf(task))) continue;
    const rollout = await play(sandboxes, task, environment.submissions(task).gold);
    const { request, actions, answer } = oversightView(rollout);
    const gold: Side = { actions, answer };
    if (options.isGameable(textOf({ request, better: gold, worse: gold }), request)) continue;
    for (const [fault, worse] of drawn(worseSides(kindOf(task), request, gold, own, split), PAIRS_PER_TASK, own)) {
      pairs.push({ split, fault, source: `ordinary/${kindOf(task)}`, request, better: gold, worse });
    }
  }
  return pairs.slice(0, count);
};
