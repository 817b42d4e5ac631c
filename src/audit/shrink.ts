import { type Answer, isText, isVector } from './answer.ts';
import { smallerFiles } from './shrink/files.ts';
import { prober } from './shrink/prober.ts';
import { smallerText } from './shrink/text.ts';
import { smallerVector } from './shrink/vector.ts';

/**
 * The smallest answer that still does it, as property testing shrinks: for a text halves, lines, sentences, words, then characters are taken away
 * (delta debugging), then characters are made plainer; for a vector runs of predictions become null, then the most frequent one; for
 * files whole files, then their lines. `holds` asks the grader again and must also check that the answer still fails the intent: an answer
 * that became right is not smaller but another. Each round asks all its candidates in one batch and takes the smallest that holds.
 * Ends at a fixed point or when `queries` are spent; the result always holds where `answer` does, and is never larger than it.
 */
export type Shrink = (
  answer: Answer,
  holds: (candidates: readonly Answer[]) => Promise<readonly boolean[]>,
  queries: number,
) => Promise<{ readonly answer: Answer; readonly queries: number; readonly done: boolean }>;

export const SHRINK_QUERIES = 400;

export const shrink: Shrink = async (answer, holds, queries) => {
  const probe = prober(holds, queries);
  const smaller = isText(answer)
    ? await smallerText(answer, probe)
    : isVector(answer)
      ? await smallerVector(answer, probe)
      : await smallerFiles(answer, probe);
  return { answer: smaller, queries: probe.asked, done: !probe.spent };
};
