/**
 * Verdicts that a judge gave before, one JSON object a line:
 *
 *     {"input": …, "answer": …, "opponent"?: …, "order"?: "first" | "second" | "both", "score" | "verdict": …, "reason"?: …}
 *
 * Looked up by content, so only answers that were judged can be audited: any other call is `not-asked`. A verdict of a pair is the one of the two
 * that it names (`A` or `first` is what stood first; `order` says where `answer` stood, first if it is not said) or a score of `answer`.
 * Where one call was recorded several times its verdicts come back in turn, so that a judge that wavered is seen to waver.
 */
import { z } from 'zod';
import { contentHash, type Json } from '../../../base/json.ts';
import { type Answer, answerSchema, type Graded, type ScoreScale, type SubjectRecord } from '../../../record/audit.ts';
import { jsonSchema } from '../../../record/json.ts';
import { scoreFrom } from '../../score.ts';
import type { GradeCall, Subject } from '../../subject.ts';
import { jsonLines } from './json-lines.ts';
import { faultGraded, meanOfOrders, worthOf } from './judge.ts';
import { winnerNamed } from './verdict.ts';

const rowSchema = z
  .object({
    input: jsonSchema,
    answer: answerSchema,
    opponent: answerSchema.nullable().optional(),
    order: z.enum(['first', 'second', 'both']).optional(),
    score: jsonSchema.optional(),
    verdict: jsonSchema.optional(),
    reason: z.string().optional(),
  })
  .refine(({ score, verdict }) => score !== undefined || verdict !== undefined, 'neither score nor verdict');
export type Row = z.infer<typeof rowSchema>;

/** Throws `unreadable-grader`, which names the line. */
export const recordedRows = (text: string, file: string): readonly Row[] =>
  jsonLines(
    {
      text,
      file,
      code: 'unreadable-grader',
      allowed: '{"input": …, "answer": …, "score" or "verdict": …}, for pairs also "opponent" and "order"',
    },
    rowSchema,
  );

const keyOf = (input: Json, answer: Answer, opponent: Answer | null, order: string): string =>
  contentHash([input, answer, opponent, opponent === null ? 'both' : order]);

/** A verdict is a score on the scale; in a pair it may name the winner. What is neither is a fault, as it was for whoever used it. */
const gradedOf = (row: Row, order: 'first' | 'second', scale: ScoreScale): Graded => {
  const reason = row.reason ?? null;
  const said = row.verdict ?? row.score ?? null;
  if (row.opponent !== undefined && row.opponent !== null && row.verdict !== undefined) {
    const winner = winnerNamed(row.verdict);
    if (winner === null)
      return faultGraded(
        'malformed',
        `the recorded verdict names neither answer: ${JSON.stringify(said).slice(0, 80)}`,
      );
    return scoreFrom(worthOf(winner, order), scale, reason);
  }
  return scoreFrom(said, scale, reason);
};

export interface RecordedOptions {
  readonly spec: string;
  readonly rows: readonly Row[];
  readonly scale: ScoreScale;
}

/** Owns nothing. */
export const recordedSubject = ({ spec, rows, scale }: RecordedOptions): Subject => {
  const verdicts = new Map<string, Graded[]>();
  for (const row of rows) {
    const order = row.order ?? 'first';
    const key = keyOf(row.input, row.answer, row.opponent ?? null, order);
    const graded = gradedOf(row, order === 'second' ? 'second' : 'first', scale);
    const known = verdicts.get(key);
    if (known === undefined) verdicts.set(key, [graded]);
    else known.push(graded);
  }
  const asked = new Map<string, number>();
  const pairwise = rows.some(({ opponent }) => opponent !== undefined && opponent !== null);

  const record: SubjectRecord = {
    spec,
    kind: 'recorded',
    form: pairwise ? 'pairwise' : 'judge',
    version: contentHash(rows),
    scale,
  };

  const lookUp = ({ example, answer, opponent }: GradeCall, order: string): Graded | null => {
    const key = keyOf(example.input, answer, opponent, order);
    const known = verdicts.get(key);
    if (known === undefined) return null;
    const turn = asked.get(key) ?? 0;
    asked.set(key, turn + 1);
    return known[turn % known.length] ?? null;
  };

  const notRecorded = faultGraded('not-asked', 'no verdict on this answer was recorded');
  const gradeOne = (call: GradeCall): Graded => {
    if (!pairwise || call.order !== 'both') return lookUp(call, call.order) ?? notRecorded;
    const whole = lookUp(call, 'both');
    if (whole !== null) return whole;
    const [first, second] = [lookUp(call, 'first'), lookUp(call, 'second')];
    if (first !== null && second !== null) return meanOfOrders(first, second, scale);
    return first ?? second ?? notRecorded;
  };

  return {
    record,
    capabilities: {
      answers: ['text', 'vector', 'files'],
      needsReference: false,
      pairwise,
      batch: 1_000,
      expensive: false,
      intentByConstruction: true,
      published: null,
    },
    grade: async (calls, signal) => {
      signal?.throwIfAborted();
      return calls.map(gradeOne);
    },
    [Symbol.asyncDispose]: async () => {},
  };
};
