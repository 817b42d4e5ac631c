import type { Graded, ScoreScale } from '../../../record/audit.ts';
import { scoreFrom } from '../../score.ts';
import { faulty } from './faulty.ts';

const ownOf = (value: object, key: string): unknown =>
  Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;

/**
 * One element of a command's or an endpoint's reply: `{"score": 0.5, "reason": "..."}`, or a bare score, or `{"error": "..."}`, which is the
 * grader saying that it failed. What counts as a score is decided by `scoreFrom`.
 */
export const gradedFromReply = (value: unknown, scale: ScoreScale): Graded => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return scoreFrom(value, scale);
  const error = ownOf(value, 'error');
  if (error !== undefined && error !== null) {
    return faulty('threw', typeof error === 'string' ? error : JSON.stringify(error));
  }
  const reason = ownOf(value, 'reason');
  if (Object.hasOwn(value, 'score'))
    return scoreFrom(ownOf(value, 'score'), scale, typeof reason === 'string' ? reason : null);
  return scoreFrom(value, scale);
};
