/**
 * Answers of several authors with labels, one JSON object a line:
 *
 *     {"input": …, "answer": …, "author": "gpt-x", "label": 1, "relation"?: "own" | "similar" | "other", "reference"?: …, "id"?: …}
 *
 * `label` is a truth value or a number from 0 to 1. Where `relation` is not said, answers whose author is the judge's own model are its own and
 * all others are others': whether a model is similar to the judge only the user can say. Rows with the same input (and id) are one example.
 */
import { z } from 'zod';
import { contentHash } from '../../base/json.ts';
import { bareSpec } from '../../policy/provider-spec.ts';
import { answerSchema } from '../../record/audit.ts';
import { jsonSchema } from '../../record/json.ts';
import type { Example } from '../example.ts';
import type { AuthoredAnswer } from '../self-evaluation.ts';
import { jsonLines } from '../subjects/judge/json-lines.ts';
import { textOfFile } from '../subjects/judge/open.ts';

const rowSchema = z.object({
  id: z.string().min(1).optional(),
  input: jsonSchema,
  answer: answerSchema,
  author: z.string().min(1),
  relation: z.enum(['own', 'similar', 'other']).optional(),
  label: z.union([z.boolean(), z.number().min(0).max(1)]),
  reference: jsonSchema.optional(),
  fields: z.record(z.string(), jsonSchema).optional(),
});
type Row = z.infer<typeof rowSchema>;

/** `openai:gpt-x` and `openai-compatible:gpt-x@http://…` are the author `gpt-x`; the whole specification is one too. */
const isJudge = (author: string, judge: string): boolean => {
  const model = bareSpec(judge.replace(/^(?:[a-z-]*judge:.+?@)?/, ''));
  return author === judge || author === model || author === model.replace(/^[a-z-]+:/, '').replace(/@https?:.*$/, '');
};

const exampleOf = ({ id, input, reference, fields }: Row): Example => ({
  id: id ?? contentHash(input).slice(0, 12),
  input,
  reference: reference ?? null,
  knownGood: [],
  knownBad: [],
  options: null,
  items: null,
  workspace: null,
  fields: fields ?? {},
});

/** `judge`: its specification. Throws `unreadable-grader` where the file cannot be read, `bad-self-evaluation` with the line of a bad row. */
export const loadAuthoredAnswers = async (
  path: string,
  cwd: string,
  judge: string,
): Promise<readonly AuthoredAnswer[]> => {
  const rows = jsonLines(
    {
      text: await textOfFile(path, cwd),
      file: path,
      code: 'bad-self-evaluation',
      allowed:
        '{"input": …, "answer": …, "author": …, "label": 0 to 1, true or false}, and "relation": own, similar or other',
    },
    rowSchema,
  );
  const examples = new Map<string, Example>();
  return rows.map((row) => {
    const made = exampleOf(row);
    const example = examples.get(made.id) ?? made;
    examples.set(made.id, example);
    return {
      example,
      answer: row.answer,
      author: row.author,
      relation: row.relation ?? (isJudge(row.author, judge) ? 'own' : 'other'),
      label: Number(row.label),
    };
  });
};
