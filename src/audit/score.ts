import type { CallFaultKind, Graded, ScoreScale } from '../record/audit.ts';

const faulty = (kind: CallFaultKind, message: string): Graded => ({ kind: 'fault', fault: { kind, message } });

const MOST_OF_A_VALUE = 80;
const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > MOST_OF_A_VALUE ? `${text.slice(0, MOST_OF_A_VALUE)}…` : text;
};

/** Where graders put their score when they return an object, in this order. */
const SCORE_KEYS = ['score', 'reward', 'value', 'pass', 'passed'] as const;
const REASON_KEYS = ['reason', 'rationale', 'comment', 'explanation'] as const;

const textAt = (value: object, keys: readonly string[]): string | null => {
  for (const key of keys) {
    const found: unknown = Reflect.get(value, key);
    if (typeof found === 'string') return found;
  }
  return null;
};

/**
 * Whatever a grader returned, as a score on its scale or as a fault that is named. The one place that decides what counts as a score:
 * a finite number on the scale; true and false, which are its two ends; or an object with such a value under a usual name. Text is
 * never read as a number: "0.9" is the fault `not-a-number`, since whoever compares or averages it gets something else.
 * Boundary: `value` is plain data (a structured clone, or parsed JSON), so that no getter of a grader runs here.
 */
export const scoreFrom = (value: unknown, scale: ScoreScale, reason: string | null = null): Graded => {
  switch (typeof value) {
    case 'number':
      return scoreOfNumber(value, scale, reason);
    case 'boolean':
      return scoreOfNumber(value ? scale.best : scale.worst, scale, reason);
    case 'undefined':
      return faulty('no-score', 'it returned nothing');
    case 'object':
      return value === null ? faulty('no-score', 'it returned null') : scoreOfObject(value, scale, reason);
    default:
      return faulty('not-a-number', `it returned a ${typeof value}: ${shown(value)}`);
  }
};

const scoreOfNumber = (score: number, scale: ScoreScale, reason: string | null): Graded => {
  if (Number.isNaN(score)) return faulty('nan', 'it returned NaN');
  if (!Number.isFinite(score)) return faulty('infinite', `it returned ${score}`);
  const { worst, best, pass, beyond } = scale;
  const sign = best > worst ? 1 : -1;
  const isWorse = sign * (score - worst) < 0;
  if (sign * (score - best) > 0 || (isWorse && beyond === 'fault')) {
    return faulty('out-of-range', `it returned ${score}, outside ${worst} to ${best}`);
  }
  // One zero: -0 does not survive a line of JSON.
  const counted = isWorse ? worst : score + 0;
  return { kind: 'scored', score: counted, passed: sign * (counted - pass) >= 0, reason };
};

const scoreOfObject = (value: object, scale: ScoreScale, reason: string | null): Graded => {
  if (Array.isArray(value)) return faulty('not-a-number', `it returned a list of ${value.length}`);
  const said = textAt(value, REASON_KEYS) ?? reason;
  const key = SCORE_KEYS.find((name) => Object.hasOwn(value, name));
  if (key === undefined) {
    return faulty('not-a-number', `it returned an object without a score: keys ${shown(Object.keys(value))}`);
  }
  const inner: unknown = Reflect.get(value, key);
  if (typeof inner === 'object' && inner !== null) return faulty('not-a-number', `its ${key} is an object`);
  return scoreFrom(inner, scale, said);
};
