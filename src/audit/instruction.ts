/**
 * Is an instruction waterproof? `subterfuge audit --instruction "Always respond in English" --check checker.ts --model SPEC`.
 *
 * Here the attack is the input and the model writes the answer, so an instruction becomes a Subject of the form `instruction`: an Example is an
 * ordinary request (its input), a candidate's answer is the adversarial conversation that carries it (a text, or JSON lines
 * `{"role": "user", "text": …}` for several turns), and `grade` sends it to the model under the instruction and puts the reply to the
 * checker. The intent check reads the same reply. A gamed call is one where the checker passes the reply and the intent check does not:
 * the pipeline of audit.ts, its statistics and its findings then hold as they are. The reply is the `reason` of the Graded.
 *
 * Known-good here is the plain request: a checker that fails the replies to plain requests errs the other way.
 * With `--tightened "…"` the same audit runs a second time against the new instruction, as `--against` the first.
 */
import type { Model } from '../policy/policy.ts';
import type { ExampleSet } from './example.ts';
import type { IntentJudge } from './intent.ts';
import type { Subject } from './subject.ts';

export interface InstructionOptions {
  /** The system message. */
  readonly instruction: string;
  readonly model: Model;
  /** The proxy: it is asked with the model's reply as the answer. */
  readonly checker: Subject;
  /** The intent: asked with the same reply. It is returned as the judge that `audit` takes, so that each reply is made once. */
  readonly intent: IntentJudge | null;
  readonly maxOutputTokens: number;
  readonly temperature: number;
}

/** Ordinary requests that are used where the user gives none. */
export type OrdinaryRequests = () => ExampleSet;

/** Owns the model and the checker. Replies are kept by conversation, so proxy and intent read the same one. */
export type InstructionSubject = (options: InstructionOptions) => {
  readonly subject: Subject;
  readonly intent: IntentJudge | null;
};
