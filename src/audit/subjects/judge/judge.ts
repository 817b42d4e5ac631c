/** A model with a rubric as a grader: one score, one score beside a reference, or the better of two in both orders. */
import type { Clock } from '../../../base/clock.ts';
import { contentHash, sha256 } from '../../../base/json.ts';
import { visible } from '../../../base/terminal.ts';
import { fixedConcurrency } from '../../../policy/concurrency.ts';
import type { ChatMessage, Model } from '../../../policy/policy.ts';
import type { CallFaultKind, Graded, ScoreScale, SubjectRecord } from '../../../record/audit.ts';
import { isText } from '../../answer.ts';
import { scoreFrom } from '../../score.ts';
import { DEFAULT_SUBJECT_OPTIONS, type GradeCall, type Subject, type SubjectCapabilities } from '../../subject.ts';
import { askerOf, type Reply } from './ask.ts';
import type { JudgeForm, Rubric } from './rubric.ts';
import { type Filled, fill } from './template.ts';
import { readScore, readWinner, type Winner } from './verdict.ts';
import { wordsOf } from './words.ts';

export interface JudgeSubjectOptions {
  /** As on the command line. */
  readonly spec: string;
  readonly form: JudgeForm;
  readonly rubric: Rubric;
  readonly model: Model;
  /** The user's; null: the rubric's own. */
  readonly scale: ScoreScale | null;
  /** The default of all subjects is too short for a provider that asks to wait, so it means: as long as the provider takes. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

export interface JudgeCapabilities extends SubjectCapabilities {
  /** Its replies are drawn: the same call may score differently, and that is no fault. */
  readonly sampled: boolean;
}

export interface JudgeSubject extends Subject {
  readonly capabilities: JudgeCapabilities;
}

/** Requests under way at once, whatever a provider would bear. */
const MOST_AT_ONCE = 32;

export const faultGraded = (kind: CallFaultKind, message: string): Graded => ({
  kind: 'fault',
  fault: { kind, message },
});

/** The most of a reply that a message quotes. */
const QUOTE = 120;
const quoted = (reply: string): string => `"${visible(reply).slice(0, QUOTE)}"`;

const REFUSAL =
  /^\W*(?:i['’]?m (?:really |very )?sorry|sorry|i apologi[sz]e|i can(?:no|['’])t|i cannot|i am (?:not able|unable)|i['’]m (?:not able|unable)|i (?:must|have to) decline|i won['’]t)\b/i;

/** A reply without a verdict: the judge was cut off, declined, or wrote something else. */
export const noVerdict = (reply: Extract<Reply, { kind: 'reply' }>, why: string): Graded => {
  if (reply.cut) return faultGraded('limit', `the judge ran out of tokens before its verdict: ${why}`);
  if (REFUSAL.test(reply.text)) return faultGraded('refused', `the judge declined: ${quoted(reply.text)}`);
  return faultGraded('malformed', `${why}: ${quoted(reply.text)}`);
};

const WORTH: Readonly<Record<Winner, number>> = { first: 1, tie: 0.5, second: 0 };

/** What winning is worth to the answer that was asked about. */
export const worthOf = (winner: Winner, order: 'first' | 'second'): number =>
  order === 'first' ? WORTH[winner] : 1 - WORTH[winner];

/** Both orders as one score: the mean of two, or the first fault. */
export const meanOfOrders = (first: Graded, second: Graded, scale: ScoreScale): Graded => {
  if (first.kind === 'fault') return first;
  if (second.kind === 'fault') return second;
  const reason = `shown first: ${first.reason ?? first.score}; shown second: ${second.reason ?? second.score}`;
  return scoreFrom((first.score + second.score) / 2, scale, reason);
};

export const judgeSubject = (options: JudgeSubjectOptions): JudgeSubject => {
  const { spec, form, rubric, model, clock } = options;
  const { template, reading, temperature, maxOutputTokens } = rubric;
  const scale = options.scale ?? rubric.scale;
  const timeoutMs = options.timeoutMs === DEFAULT_SUBJECT_OPTIONS.timeoutMs ? null : options.timeoutMs;
  const asker = askerOf({ model, temperature, maxOutputTokens, timeoutMs, clock });
  const atOnce = Math.max(1, Math.min(MOST_AT_ONCE, model.maxConcurrency));
  const slots = fixedConcurrency(atOnce);
  const draws = new Map<string, number>();
  // Once no request can work, asking on would only wait for the same answer.
  let dead: Graded | null = null;

  const record: SubjectRecord = {
    spec,
    kind: 'judge',
    form: form === 'pairwise' ? 'pairwise' : 'judge',
    version: contentHash({ rubric: rubric.text, form, model: model.spec, version: model.version }),
    scale,
  };

  const drawOf = (prompt: string): number => {
    if (temperature === 0) return 0;
    const key = sha256(prompt);
    const draw = draws.get(key) ?? 0;
    draws.set(key, draw + 1);
    return draw;
  };

  const promptOf = ({ example, answer, opponent }: GradeCall, order: 'first' | 'second'): Filled => {
    const [shown, beside] = order === 'first' ? [answer, opponent] : [opponent, answer];
    return fill(template, {
      slots: {
        input: wordsOf(example.input),
        output: shown !== null && isText(shown) ? shown : null,
        reference: example.reference === null ? null : wordsOf(example.reference),
        opponent: beside !== null && isText(beside) ? beside : null,
      },
      fields: new Map(Object.entries(example.fields).map(([name, value]) => [name, wordsOf(value)])),
    });
  };

  const verdictOf = (reply: Extract<Reply, { kind: 'reply' }>, order: 'first' | 'second'): Graded => {
    if (form === 'pairwise') {
      const found = readWinner(reply.text, reading);
      if (found.kind === 'none') return noVerdict(reply, found.why);
      return scoreFrom(worthOf(found.winner, order), scale, reply.text);
    }
    const found = readScore(reply.text, reading);
    return found.kind === 'none' ? noVerdict(reply, found.why) : scoreFrom(found.value, scale, reply.text);
  };

  const askOnce = async (call: GradeCall, order: 'first' | 'second', signal?: AbortSignal): Promise<Graded> => {
    const prompt = promptOf(call, order);
    if (prompt.kind === 'missing') {
      return faultGraded('not-asked', `the prompt needs {{${prompt.name}}}, and this call has none`);
    }
    const messages: ChatMessage[] = [
      ...(rubric.system === null ? [] : [{ role: 'system' as const, text: rubric.system }]),
      { role: 'user', text: prompt.text },
    ];
    const draw = drawOf(prompt.text);
    return await slots.run(async () => {
      if (dead !== null) return dead;
      const reply = await asker.ask(messages, draw, signal);
      if (reply.kind === 'reply') return verdictOf(reply, order);
      const graded: Graded = { kind: 'fault', fault: reply.fault };
      if (reply.final) dead = graded;
      return graded;
    }, signal);
  };

  const gradeOne = async (call: GradeCall, signal?: AbortSignal): Promise<Graded> => {
    if (!isText(call.answer)) return faultGraded('not-asked', 'a judge reads text only');
    if (form !== 'pairwise') return await askOnce(call, 'first', signal);
    if (call.opponent === null) return faultGraded('not-asked', 'a pairwise judge needs an opponent');
    if (call.order !== 'both') return await askOnce(call, call.order, signal);
    const [first, second] = await Promise.all([askOnce(call, 'first', signal), askOnce(call, 'second', signal)]);
    return meanOfOrders(first, second, scale);
  };

  return {
    record,
    capabilities: {
      answers: ['text'],
      needsReference: template.slots.has('reference'),
      pairwise: form === 'pairwise',
      batch: atOnce,
      expensive: true,
      intentByConstruction: true,
      published: rubric.text,
      sampled: temperature !== 0,
    },
    grade: async (calls, signal) => {
      signal?.throwIfAborted();
      return await Promise.all(calls.map((call) => gradeOne(call, signal)));
    },
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
};
