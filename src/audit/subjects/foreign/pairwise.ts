import type { Graded, ScoreScale, SubjectForm } from '../../../record/audit.ts';
import { type GradeCall, UNIT_SCALE } from '../../subject.ts';

/**
 * A comparison is asked with the two answers in a given order and says how good the first is. Asked with `answer` second, its
 * score is that of the opponent, so it is mirrored on the scale; `both` asks twice and takes the mean.
 */
export interface Sides {
  readonly first: GradeCall['answer'];
  readonly second: GradeCall['answer'];
  readonly mirrored: boolean;
}

const sidesOf = ({ answer, opponent, order }: GradeCall): readonly Sides[] => {
  const other = opponent ?? '';
  const plain: Sides = { first: answer, second: other, mirrored: false };
  const turned: Sides = { first: other, second: answer, mirrored: true };
  return order === 'first' ? [plain] : order === 'second' ? [turned] : [plain, turned];
};

/** A pair asked in both orders passes with a win and a tie, unless the user has said another scale. */
const PAIR_PASS = 0.75;
export const scaleOfForm = (form: SubjectForm, scale: ScoreScale): ScoreScale =>
  form === 'pairwise' && scale === UNIT_SCALE ? { ...UNIT_SCALE, pass: PAIR_PASS } : scale;

/** One Graded out of those of the sides: a fault of one is a fault of the pair. */
const joinSides = (sides: readonly Sides[], graded: readonly Graded[], scale: ScoreScale): Graded => {
  const { worst, best, pass } = scale;
  let sum = 0;
  const reasons: string[] = [];
  for (const [index, one] of graded.entries()) {
    if (one.kind === 'fault') return one;
    sum += sides[index]?.mirrored === true ? worst + best - one.score : one.score;
    if (one.reason !== null) reasons.push(one.reason);
  }
  const score = sum / graded.length;
  const passed = best > worst ? score >= pass : score <= pass;
  return { kind: 'scored', score, passed, reason: reasons.length === 0 ? null : reasons.join(' / ') };
};

/**
 * Asks plain questions for calls that may be pairs. `ask` gets one question for each side, in order, and answers each.
 */
const gradePairs = async <Q>(
  calls: readonly GradeCall[],
  scale: ScoreScale,
  question: (call: GradeCall, sides: Sides) => Q,
  ask: (questions: readonly Q[]) => Promise<readonly Graded[]>,
): Promise<readonly Graded[]> => {
  const sides = calls.map(sidesOf);
  const graded = await ask(calls.flatMap((call, index) => (sides[index] ?? []).map((side) => question(call, side))));
  let from = 0;
  return sides.map((own) => {
    const mine = graded.slice(from, from + own.length);
    from += own.length;
    return joinSides(own, mine, scale);
  });
};

/** Asks one question for each call, or where the form is of pairs one for each side, with `opponent` behind `answer`. */
export const gradeForm = async <Q>(
  form: SubjectForm,
  calls: readonly GradeCall[],
  scale: ScoreScale,
  question: (call: GradeCall, answer: GradeCall['answer'], opponent: GradeCall['answer'] | null) => Q,
  ask: (questions: readonly Q[]) => Promise<readonly Graded[]>,
): Promise<readonly Graded[]> =>
  form === 'pairwise'
    ? await gradePairs(calls, scale, (call, { first, second }) => question(call, first, second), ask)
    : await ask(calls.map((call) => question(call, call.answer, null)));
