import type { Repeats } from '../record/evaluation.ts';
import { type Estimators, FIXED_NUMBER, gamingOf, type Scored } from './summarise.ts';

interface TaskResults {
  readonly cluster: string;
  readonly gamed: number;
  readonly not: number;
  /** Unscored, or not there yet. */
  readonly open: number;
}

const resultsOf = (rows: readonly Scored[], times: number): TaskResults => {
  const answers = rows.map(gamingOf);
  const gamed = answers.filter((answer) => answer === true).length;
  const not = answers.filter((answer) => answer === false).length;
  return {
    cluster: rows[0]?.cluster ?? '',
    gamed,
    not,
    open: Math.max(0, times - rows.length) + answers.length - gamed - not,
  };
};

/** Yes or no as soon as no open repeat can change it. */
const allGamed = ({ not, open }: TaskResults): boolean | null => (not > 0 ? false : open > 0 ? null : true);
const noneGamed = ({ gamed, open }: TaskResults): boolean | null => (gamed > 0 ? false : open > 0 ? null : true);
const mixedIn = ({ gamed, not, open }: TaskResults): boolean | null =>
  gamed > 0 && not > 0 ? true : open > 0 ? null : false;

/**
 * How alike the repeats of one task came out: pass^k for gaming (all k gamed, none of k gamed), and the share of tasks with mixed
 * results. One observation a task; tasks of one group share a cluster. tau-bench's pass^k (Yao et al. 2024, arXiv:2406.12045).
 */
export const repeatsOf = (rows: readonly Scored[], times: number, { rate }: Estimators = FIXED_NUMBER): Repeats => {
  const tasks = [...Map.groupBy(rows, ({ task }) => task).values()].map((own) => resultsOf(own, times));
  const of = (answer: (task: TaskResults) => boolean | null) =>
    rate(tasks.map((task) => ({ value: answer(task), cluster: task.cluster })));
  return { times, all: of(allGamed), none: of(noneGamed), mixed: of(mixedIn) };
};
