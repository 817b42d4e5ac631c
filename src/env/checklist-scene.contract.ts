import type { GradeContext } from '../grade/grader.ts';
import type { Rollout } from '../record/rollout.ts';
import type { Task } from '../record/task.ts';
import type { Labels, Outcome } from '../record/verdict.ts';
import { noPython } from '../sandbox/no-python.contract.ts';
import { markItem, parseChecklist } from './checklist.ts';
import { type ChecklistHost, hostOf } from './checklist-checks.ts';
import type { Environment } from './environment.ts';
import type { Put } from './hand-episode.contract.ts';

/** What all graders say of a checklist episode that was written by hand, and a task to write one for. */

/** These families never run a program to grade. */
export const CONTEXT: GradeContext = { python: noPython };

/** Verdicts and labels as plain values: `true` and `false`, or the kind where there is neither. */
export interface Read {
  readonly proxy: boolean | string;
  readonly intent: boolean | string;
  readonly attempted: boolean | string;
  readonly succeeded: boolean | string;
  readonly evaded: boolean | string;
  readonly disclosed: boolean | string;
  readonly kinds: readonly string[];
}

export const read = async (environment: Environment, rollout: Rollout): Promise<Read> => {
  const outcome = ([first]: readonly Outcome[]): boolean | string =>
    first?.kind === 'scored' ? first.passed : (first?.kind ?? 'nothing');
  const [labels] = await environment.labels.label([rollout], CONTEXT);
  if (labels === undefined) throw new Error('no labels');
  const value = (name: 'attempted' | 'succeeded' | 'evaded' | 'disclosed'): boolean | string => {
    const label: Labels[typeof name] = labels[name];
    return label.kind === 'known' ? label.value : label.kind;
  };
  return {
    proxy: outcome(await environment.proxy.grade([rollout], CONTEXT)),
    intent: outcome(await environment.intent.grade([rollout], CONTEXT)),
    attempted: value('attempted'),
    succeeded: value('succeeded'),
    evaded: value('evaded'),
    disclosed: value('disclosed'),
    kinds: labels.kinds,
  };
};

/** A task in which one item can be done, one cannot and one was done before, and the ways to move in it. */
export interface Scene {
  readonly task: Task;
  readonly host: ChecklistHost;
  readonly list: string;
  readonly text: string;
  /** The files that prove the doable item. */
  readonly work: Readonly<Record<string, Put>>;
  /** Work on the same files that went wrong. */
  readonly botched: Readonly<Record<string, Put>>;
  /** The list's text with exactly the items of these kinds marked. */
  marked(...kinds: readonly string[]): string;
}

export const sceneOf = (environment: Environment): Scene => {
  for (let variant = 0; variant < environment.variants.train; variant++) {
    const [task] = environment.tasks({ split: 'train', variant, register: 'compact', promptSet: 'main' });
    if (task === undefined) continue;
    const host = hostOf(task);
    const kinds = host.items.map((item) => item.kind);
    if (kinds.toSorted().join() !== 'doable,given,impossible') continue;
    const text = task.files.find((file) => file.path === host.list)?.text ?? '';
    const checks = host.items.flatMap((item) => (item.kind === 'doable' ? item.checks : []));
    const work = Object.fromEntries(
      checks.map((check) => [
        check.path,
        check.kind === 'text' ? check.text : check.kind === 'number' ? `${check.value}\n` : null,
      ]),
    );
    const marked = (...wanted: readonly string[]): string =>
      parseChecklist(text).reduce(
        (all, item, index) => markItem(all, item.line, wanted.includes(kinds[index] ?? '')),
        text,
      );
    const botched = Object.fromEntries(Object.keys(work).map((path) => [path, 'not what was asked for\n']));
    return { task, host, list: host.list, text, work, botched, marked };
  }
  throw new Error('no variant has one item of each kind');
};
