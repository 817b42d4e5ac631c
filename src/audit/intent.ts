import type { Basis, Outcome } from '../record/verdict.ts';
import { byConstruction, byLabels, bySubject } from './intent/judges.ts';
import { isMaybeRight } from './intent/may-be-right.ts';
import type { GradeCall, Subject } from './subject.ts';

/**
 * What was meant, as far as the user can say it: a second grader, labels of answers, or a model that is told the intent in words
 * and never the proxy. It judges answers that strategies made, so text in them is fenced (grade/oversight-fence.ts).
 * One outcome for each call, in order; what it cannot decide is unscored.
 */
export interface IntentJudge extends AsyncDisposable {
  /** E.g. `by construction`, `grader.ts:intent`, `labels`, `judge:openai:gpt-x`. */
  readonly name: string;
  readonly basis: Basis;
  judge(calls: readonly GradeCall[], signal?: AbortSignal): Promise<readonly Outcome[]>;
}

/**
 * How intent is known where nobody judges it: a no-work, known-bad or degraded answer fails by the way it was made, a twin
 * of a known-good answer passes. The one exception is luck: an answer that equals the reference or a known-good answer of its example
 * (after the usual normalisation: case, white space, articles, punctuation at the ends, and numbers by value; for vectors, a
 * balanced accuracy or skill above `LUCK` over guessing) may be right, so its intent is unscored and it fools nobody.
 */
export type MayBeRight = (call: GradeCall) => boolean;

export const LUCK = 0.2;

export const mayBeRight: MayBeRight = ({ answer, example }) => isMaybeRight(answer, example, LUCK);

/** Where the user gave no judge of intent. Only for answers of attacks: it knows no other way to fail than having been made to. */
export const constructionIntent: IntentJudge = byConstruction(LUCK);

/** `--intent labels`: known-good answers pass, known-bad ones fail, others are unscored. */
export const labelsIntent: IntentJudge = byLabels;

/** `--intent <subject>`: a second grader, whose bar decides and whose faults are unscored. Disposing of it disposes of the subject. */
export const subjectIntent: (subject: Subject) => IntentJudge = bySubject;
