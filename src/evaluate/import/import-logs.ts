import { inputError, type SubterfugeError } from '../../base/errors.ts';
import type { Environment } from '../../env/environment.ts';
import { importedEnvironment, importedName } from '../../env/imported.ts';
import type { GradeContext } from '../../grade/grader.ts';
import type { Imported, LogScore, Rollout } from '../../record/rollout.ts';
import type { RunStore } from '../../store/run-store.ts';
import { gradeRollouts } from '../grade.ts';
import { badLog } from './bad-log.ts';
import type { Conversation } from './conversation.ts';
import { taskMatcher } from './match.ts';
import { type LogFile, readLogs } from './read-logs.ts';
import { openingOf, rolloutOf, taskOf } from './rollout-of.ts';

export interface ImportSetup {
  readonly store: RunStore;
  readonly files: readonly LogFile[];
  /** A name for conversations that are of no environment's task. Null: they are problems. */
  readonly as: string | null;
  /** Their tasks are looked for in the prompts. */
  readonly environments: readonly Environment[];
  /** The score of the logs that is the proxy. Null: the only one, where a conversation has just one. */
  readonly score: string | null;
  readonly passAt: number;
  readonly context: GradeContext;
  /** A conversation that cannot be imported. Throws to end the import, or returns to leave it out. */
  readonly onProblem: (problem: SubterfugeError) => void;
}

export interface ImportResult {
  readonly rollouts: number;
  readonly problems: number;
  /** Of those, how many ended in an error, or lack what graders read: unscored. */
  readonly faults: number;
  readonly byEnvironment: ReadonlyMap<string, number>;
}

const DIGITS = 6;

const proxyOf = (scores: readonly LogScore[], { score, passAt }: ImportSetup): Imported['proxy'] => {
  const name = score ?? (scores.length === 1 ? scores[0]?.name : undefined);
  return name === undefined ? null : { score: name, passAt };
};

interface Placed {
  readonly environment: Environment;
  readonly rollout: (id: string) => Rollout;
}

/** Reads logs into a run, and grades what can be graded. Throws where a file cannot be read, or the store fails. */
export const importLogs = async (setup: ImportSetup): Promise<ImportResult> => {
  const { store, as } = setup;
  const find = taskMatcher(setup.environments);
  const own = as === null ? null : importedEnvironment(importedName(as));
  const numbers = new Map<string, number>();
  /** Tasks that are read together, until all of a group are there. */
  const open = new Map<string, Map<string, Placed>>();
  let problems = 0;
  let faults = 0;

  const record = async (environment: Environment, placed: readonly Placed[]): Promise<void> => {
    const group = placed.map(({ rollout }) => {
      const number = numbers.get(environment.name) ?? 0;
      numbers.set(environment.name, number + 1);
      return rollout(`${environment.name}/${String(number).padStart(DIGITS, '0')}`);
    });
    faults += group.filter(({ stop }) => stop === 'fault').length;
    await store.append(...group.map((rollout) => ({ kind: 'rollout', rollout }) as const));
    for (const { proxy, intent, labels } of await gradeRollouts(environment, group, setup.context)) {
      await store.append(
        { kind: 'verdict', verdict: proxy },
        { kind: 'verdict', verdict: intent },
        { kind: 'labels', labels },
      );
    }
  };

  const take = async (conversation: Conversation): Promise<void> => {
    const opening = openingOf(conversation);
    const proxy = proxyOf(conversation.scores, setup);
    const match = find(opening);
    if (match === null) {
      if (own === null) {
        throw badLog(
          conversation.place,
          'its prompt is no task of the environments that were named',
          setup.environments.map(({ name }) => name).join(', '),
          'Add --as NAME to import it all the same; --skip-bad leaves it out.',
        );
      }
      const task = taskOf(own.name, opening);
      const rollout = (id: string): Rollout => rolloutOf(conversation, { id, task, dialect: 'native', proxy });
      return await record(own, [{ environment: own, rollout }]);
    }
    const { task, dialect } = match;
    const environment = setup.environments.find(({ name }) => name === task.environment);
    if (environment === undefined) throw new Error(`no environment "${task.environment}"`);
    const one: Placed = { environment, rollout: (id) => rolloutOf(conversation, { id, task, dialect, proxy: null }) };
    if (task.group === null) return await record(environment, [one]);
    const key = `${environment.name}/${task.group.id}`;
    const members = open.get(key) ?? new Map<string, Placed>();
    // A second answer to a task whose twin has not come: the first stands for itself.
    const before = members.get(task.id);
    if (before !== undefined) await record(environment, [before]);
    members.set(task.id, one);
    open.set(key, members);
    if (members.size < task.group.size) return;
    open.delete(key);
    await record(environment, [...members.values()]);
  };

  for await (const { conversation, problem } of readLogs(setup.files)) {
    try {
      if (problem !== null) throw problem;
      await take(conversation);
    } catch (thrown) {
      if (!isAboutOne(thrown)) throw thrown;
      problems += 1;
      setup.onProblem(thrown);
    }
  }
  for (const members of open.values()) {
    const [first] = members.values();
    if (first !== undefined) await record(first.environment, [...members.values()]);
  }
  const rollouts = [...numbers.values()].reduce((sum, count) => sum + count, 0);
  if (rollouts === 0) {
    throw inputError({
      code: 'nothing-imported',
      what: 'No conversation could be imported.',
      given: `${setup.files.map(({ name }) => name).join(', ')}: ${problems} left out`,
      allowed: 'chat JSONL, or logs of Inspect, with at least one conversation',
    });
  }
  return { rollouts, problems, faults, byEnvironment: numbers };
};

const isAboutOne = (thrown: unknown): thrown is SubterfugeError =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'bad-log';
