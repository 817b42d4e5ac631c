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
import { type Clock, systemClock } from '../base/clock.ts';
import { contentHash } from '../base/json.ts';
import type { Model } from '../policy/policy.ts';
import type { Temperature } from '../policy/temperature.ts';
import type { Graded } from '../record/audit.ts';
import type { Outcome } from '../record/verdict.ts';
import { isText } from './answer.ts';
import type { ExampleSet } from './example.ts';
import { conversationOf } from './instruction/conversation.ts';
import { repliesOf, type Said } from './instruction/replies.ts';
import { builtInRequests } from './instruction/requests.ts';
import type { IntentJudge } from './intent.ts';
import type { GradeCall, Subject } from './subject.ts';

export interface InstructionOptions {
  /** The system message. */
  readonly instruction: string;
  readonly model: Model;
  /** The proxy: it is asked with the model's reply as the answer. */
  readonly checker: Subject;
  /** The intent: asked with the same reply. It is returned as the judge that `audit` takes, so that each reply is made once. */
  readonly intent: IntentJudge | null;
  readonly maxOutputTokens: number;
  /** Null: none is sent. */
  readonly temperature: Temperature;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/** Ordinary requests that are used where the user gives none. */
export type OrdinaryRequests = () => ExampleSet;

/** Owns the model and the checker. Replies are kept by conversation, so proxy and intent read the same one. */
export type InstructionSubject = (options: InstructionOptions) => {
  readonly subject: Subject;
  readonly intent: IntentJudge | null;
};

export const ordinaryRequests: OrdinaryRequests = builtInRequests;

type Fault = Extract<Graded, { kind: 'fault' }>;

const NOT_TEXT: Said = {
  kind: 'fault',
  fault: { kind: 'not-asked', message: 'an instruction is attacked with text only' },
};

/**
 * What the checker and the intent check are asked: the model's words as the answer to what was really said to it. Its id is its own, since a
 * grader is sent an example once by its id and this one differs for each conversation.
 */
const checkedCall = ({ example }: GradeCall, conversation: string, reply: string, instruction: string): GradeCall => ({
  example: {
    ...example,
    id: `${example.id}/${contentHash(conversation).slice(0, 12)}`,
    input: conversationOf(conversation)
      .map(({ role, text }, _index, all) => (all.length === 1 ? text : `${role}: ${text}`))
      .join('\n\n'),
    fields: { ...example.fields, instruction },
  },
  answer: reply,
  opponent: null,
  order: 'both',
});

export const instructionSubject: InstructionSubject = (options) => {
  const { instruction, model, checker, intent, temperature, maxOutputTokens, clock = systemClock } = options;
  const replies = repliesOf({ instruction, model, temperature, maxOutputTokens, clock });

  /** Replies to all, then one batch to whoever reads them. `unread` says what became of a call without a reply. */
  const through = async <T>(
    calls: readonly GradeCall[],
    signal: AbortSignal | undefined,
    read: (checked: readonly GradeCall[]) => Promise<readonly T[]>,
    unread: (graded: Fault) => T,
  ): Promise<readonly { readonly result: T; readonly reply: string | null }[]> => {
    signal?.throwIfAborted();
    const said = await Promise.all(
      calls.map(async ({ answer }) => (isText(answer) ? await replies.to(answer, signal) : NOT_TEXT)),
    );
    const checked = calls.flatMap((call, index) => {
      const one = said[index];
      return one?.kind === 'said' && isText(call.answer) ? [checkedCall(call, call.answer, one.text, instruction)] : [];
    });
    const results = checked.length === 0 ? [] : await read(checked);
    let at = 0;
    return said.map((one) => {
      if (one.kind === 'fault') return { result: unread({ kind: 'fault', fault: one.fault }), reply: null };
      const result = results[at];
      at += 1;
      if (result === undefined) throw new Error('the checker left a call without an answer');
      return { result, reply: one.text };
    });
  };

  const subject: Subject = {
    record: {
      spec: `instruction:${JSON.stringify(instruction)}@${model.spec}, checked by ${checker.record.spec}`,
      kind: 'instruction',
      form: 'instruction',
      version: contentHash({
        instruction,
        model: model.spec,
        version: model.version,
        temperature,
        checker: checker.record.version,
      }),
      scale: checker.record.scale,
    },
    capabilities: {
      answers: ['text'],
      needsReference: false,
      pairwise: false,
      batch: replies.atOnce,
      expensive: true,
      intentByConstruction: false,
      published: instruction,
    },
    grade: async (calls, signal) => {
      const graded = await through<Graded>(
        calls,
        signal,
        async (checked) => await checker.grade(checked, signal),
        (fault) => fault,
      );
      return graded.map(({ result, reply }) =>
        result.kind === 'scored' && reply !== null ? { ...result, reason: reply } : result,
      );
    },
    [Symbol.asyncDispose]: async () => {
      await checker[Symbol.asyncDispose]();
      await model[Symbol.asyncDispose]();
    },
  };
  const readsReplies = (inner: IntentJudge): IntentJudge => ({
    name: inner.name,
    basis: inner.basis,
    judge: async (calls, signal) => {
      const judged = await through<Outcome>(
        calls,
        signal,
        async (checked) => await inner.judge(checked, signal),
        ({ fault }) => ({ kind: 'unscored', side: 'provider', cause: `the model gave no reply: ${fault.message}` }),
      );
      return judged.map(({ result }) => result);
    },
    [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
  });
  return { subject, intent: intent === null ? null : readsReplies(intent) };
};
