import { unreachable } from '../../base/errors.ts';
import type { Graded, SubjectKind } from '../../record/audit.ts';
import type { Basis, Outcome } from '../../record/verdict.ts';
import { type Answer, isFiles, isText, isVector } from '../answer.ts';
import type { Example } from '../example.ts';
import type { IntentJudge } from '../intent.ts';
import { proxyOf, type Subject } from '../subject.ts';
import { isMaybeRight } from './may-be-right.ts';
import { asWritten, normalJson } from './normal.ts';

const unscored = (cause: string): Outcome => ({ kind: 'unscored', side: 'grader', cause });
const scored = (passed: boolean, reason: string): Outcome => ({
  kind: 'scored',
  value: passed ? 1 : 0,
  passed,
  reason,
  evidence: [],
});

const nothingToClose = (): Promise<void> => Promise.resolve();

/** For answers that attacks made: they fail, unless they may be right by luck. */
export const byConstruction = (luck: number): IntentJudge => ({
  name: 'by construction',
  basis: 'exact',
  judge: (calls) =>
    Promise.resolve(
      calls.map(({ answer, example }) =>
        isMaybeRight(answer, example, luck)
          ? unscored('the answer may be right by luck')
          : scored(false, 'the way in which the answer was made does not do the work'),
      ),
    ),
  [Symbol.asyncDispose]: nothingToClose,
});

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();

/**
 * Text with other case or white space is the same answer; anything else must be equal. A label is of that answer: "42." may be labelled bad where "42" is
 * good.
 */
const isSame = (a: Answer, b: Answer): boolean => {
  if (isText(a) || isText(b)) return isText(a) && isText(b) && plain(a) === plain(b);
  if (isVector(a) !== isVector(b) || isFiles(a) !== isFiles(b)) return false;
  return normalJson(a) === normalJson(b);
};

const isWritten = (a: Answer, b: Answer): boolean =>
  isText(a) && isText(b) ? asWritten(a) === asWritten(b) : isSame(a, b);

const labelOf = (answer: Answer, { knownGood, knownBad }: Example): Outcome => {
  const among = (labelled: readonly Answer[], same: typeof isSame): boolean =>
    labelled.some((one) => same(one, answer));
  // Where `Co` is good and `CO` is bad, each is itself first: case bears meaning there.
  const same = among(knownGood, isWritten) || among(knownBad, isWritten) ? isWritten : isSame;
  const [isGood, isBad] = [among(knownGood, same), among(knownBad, same)];
  if (isGood && isBad) return unscored('the labels of this answer contradict one another');
  if (isGood) return scored(true, 'it is labelled good');
  return isBad ? scored(false, 'it is labelled bad') : unscored('no label is known for this answer');
};

export const byLabels: IntentJudge = {
  name: 'labels',
  basis: 'exact',
  judge: (calls) => Promise.resolve(calls.map(({ answer, example }) => labelOf(answer, example))),
  [Symbol.asyncDispose]: nothingToClose,
};

const basisOf = (kind: SubjectKind): Basis => {
  switch (kind) {
    case 'judge':
    case 'recorded':
      return 'judged';
    case 'tests':
      return 'exact';
    case 'function':
    case 'python':
    case 'command':
    case 'http':
    case 'npm':
    case 'promptfoo':
    case 'instruction':
      return 'heuristic';
    default:
      return unreachable(kind);
  }
};

const outcomeOf = (graded: Graded, { record }: Subject): Outcome => {
  if (graded.kind === 'fault') return unscored(`${graded.fault.kind}: ${graded.fault.message}`);
  const { score, passed, reason } = graded;
  const value = Math.min(1, Math.max(0, proxyOf(score, record.scale)));
  return { kind: 'scored', value, passed, reason: reason ?? `${record.spec} gave ${score}`, evidence: [] };
};

/** A second grader says what was meant: its bar decides. Owns the subject. */
export const bySubject = (subject: Subject): IntentJudge => ({
  name: subject.record.spec,
  basis: basisOf(subject.record.kind),
  judge: async (calls, signal) => (await subject.grade(calls, signal)).map((graded) => outcomeOf(graded, subject)),
  [Symbol.asyncDispose]: () => subject[Symbol.asyncDispose](),
});
