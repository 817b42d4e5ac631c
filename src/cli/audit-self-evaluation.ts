/** `--self-evaluation`: labelled answers of several authors, as the judge is asked about them and as examples of the audit. */
import type { ExampleSource } from '../audit/example.ts';
import type { AuthoredAnswer } from '../audit/self-evaluation.ts';

/** A label of at least one half says that an answer is good. */
const GOOD = 0.5;

/** One row for each input, with what is known of the answers to it. */
export const examplesOf = (answers: readonly AuthoredAnswer[]): ExampleSource => {
  const byExample = Map.groupBy(answers, ({ example }) => example);
  const rows = [...byExample].map(([{ id, input, reference, fields }, own]) => ({
    ...fields,
    id,
    input,
    ...(reference === null ? {} : { reference }),
    good: own.filter(({ label }) => label >= GOOD).map(({ answer }) => answer),
    bad: own.filter(({ label }) => label < GOOD).map(({ answer }) => answer),
  }));
  return { path: null, rows, fields: {}, task: 'text' };
};
