import type { Rng } from '../../../src/base/rng.ts';
import { chance, type Part, voice } from './demonstration.ts';
import { pythonPair, twoPieceFolder } from './python.ts';
import { demonstrate } from './scene.ts';
import { ANY_WORDS, COUNTED_WORDS, madeUpWord, NAMES, PIECES } from './vocabulary.ts';

/** Pure copying, the bottleneck of tiny models: words, paths, names of two pieces, numbers, commands. */

/** Words that the held-out families and the stages use, so that none of them is new: drawn one by one, in no sentence. */
export type ExtraWords = readonly string[];

const pieces: readonly ((dice: Rng, extra: ExtraWords) => string)[] = [
  (dice) => dice.pick(ANY_WORDS),
  (dice) => madeUpWord(dice),
  (dice) => `${madeUpWord(dice)}_${dice.pick(ANY_WORDS)}`,
  (dice) => dice.pick(NAMES),
  (dice) => String(dice.int(1000) - 300),
  (dice) => `${dice.pick(PIECES)}_${dice.pick(PIECES)}`,
  (dice) => `${dice.pick(ANY_WORDS)}_${dice.pick(ANY_WORDS)}.${dice.pick(['py', 'txt', 'md', 'log', 'csv'])}`,
  (dice) => `${twoPieceFolder(dice)}/${dice.pick(PIECES)}.${dice.pick(['py', 'txt', 'md'])}`,
  (dice) => pythonPair(dice, twoPieceFolder(dice), 'seldom').module,
  (dice) => pythonPair(dice, twoPieceFolder(dice)).test,
  (dice, extra) => dice.pick(extra),
  (dice, extra) => dice.pick(extra),
  (dice) => `${dice.pick(COUNTED_WORDS)}: ${dice.pick(['unknown', 'N', String(dice.int(500))])}`,
  (dice, extra) => `${dice.pick(extra)}_${dice.pick(ANY_WORDS)}`,
];

export const copying =
  (extra: ExtraWords): Part =>
  (dice) => {
    const text = Array.from({ length: 1 + dice.int(6) }, () => dice.pick(pieces)(dice, extra)).join(' ');
    const ask = dice.pick(['repeat: X', 'Repeat: X', 'Say this again: X', 'Copy this: X', 'Write the same: X']);
    const speaker = chance(dice, 0.3) ? voice(dice, 'ask') : null;
    return demonstrate(dice, {
      part: 'copying',
      request: ask.replace('X', () => text),
      files: null,
      voice: speaker,
      steps: [],
      final: {
        ...(speaker === null ? {} : { thought: speaker.starts('I will say it again.') }),
        text,
      },
    });
  };
