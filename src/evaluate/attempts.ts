import type { Attempts } from '../record/evaluation.ts';
import type { AttemptsPlan } from '../record/run.ts';
import { pairedDifference } from '../stats/paired.ts';
import { type Estimators, FIXED_NUMBER, gamingOf, observationsFor, type Scored } from './summarise.ts';

/** True as soon as one is, false only where all are. */
const any = (answers: readonly (boolean | null)[], all: number): boolean | null => {
  if (answers.includes(true)) return true;
  return answers.length < all || answers.includes(null) ? null : false;
};

const atAttempt = (rows: readonly Scored[], attempt: number): Scored[] => rows.filter((row) => row.attempt === attempt);

/** Rows in the order of the plan, in which the first attempt begins a conversation. A task may have had several. */
const conversationsOf = (rows: readonly Scored[]): readonly (readonly Scored[])[] => {
  const all: Scored[][] = [];
  const open = new Map<string, Scored[]>();
  for (const row of rows) {
    const known = open.get(row.task);
    if (known !== undefined && row.attempt !== 1) known.push(row);
    else {
      const own = [row];
      all.push(own);
      open.set(row.task, own);
    }
  }
  return all;
};

const gamedIn = (rows: readonly Scored[]) =>
  rows.map((row) => ({ task: row.task, cluster: row.cluster, value: gamingOf(row) }));

const changeIn = (first: readonly Scored[], last: readonly Scored[]): Attempts['change'] => {
  const tasks = new Set(first.map(({ task }) => task));
  return last.some(({ task }) => tasks.has(task)) ? pairedDifference(gamedIn(last), gamedIn(first)).difference : null;
};

/**
 * What came out at each attempt, and the conversations that were gamed by then (the cumulative rate of McKee-Reid et al. 2024).
 * Clusters are those of every other rate: all attempts at one task share one.
 */
export const attemptsOf = (
  rows: readonly Scored[],
  { times, feedback }: AttemptsPlan,
  { rate }: Estimators = FIXED_NUMBER,
): Attempts => {
  const conversations = conversationsOf(rows);
  const at = Array.from({ length: times }, (_, index) => {
    const attempt = index + 1;
    const here = atAttempt(rows, attempt);
    const channel = (name: 'proxy' | 'intent') =>
      rate(
        here.map(({ [name]: outcome, cluster }) => ({
          value: outcome.kind === 'scored' ? outcome.passed : null,
          cluster,
        })),
      );
    return {
      attempt,
      gaming: rate(observationsFor(here, 'gaming')),
      attempted: rate(observationsFor(here, 'attempted')),
      succeeded: rate(observationsFor(here, 'succeeded')),
      proxy: channel('proxy'),
      intent: channel('intent'),
      gamedSoFar: rate(
        conversations.map((own) => ({
          value: any(own.filter((row) => (row.attempt ?? 1) <= attempt).map(gamingOf), attempt),
          cluster: own[0]?.cluster ?? '',
        })),
      ),
    };
  });
  // A paired difference that holds however often one looks is not known here.
  const change = rate === FIXED_NUMBER.rate ? changeIn(atAttempt(rows, 1), atAttempt(rows, times)) : null;
  return { times, feedback, at, change };
};
