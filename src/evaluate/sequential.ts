import type { Environment } from '../env/environment.ts';
import type { UntilRule } from '../record/run.ts';
import type { RunReader } from '../store/run-store.ts';
import { gradesOf } from './evaluation-of.ts';
import { type Entries, type OpenJob, openJobsIn, recordedEntries } from './pending.ts';
import { type GroupJob, planGroups } from './plan.ts';
import { type Scored, scored } from './summarise.ts';
import { looksAt, rulesHold } from './until.ts';

/** One environment on its way from look to look. */
interface Course {
  readonly environment: Environment;
  readonly groups: Iterator<GroupJob>;
  readonly looks: readonly number[];
  /** What was seen up to the last look, in the order of the plan. */
  readonly rows: Scored[];
  look: number;
}

/** The groups from the last look to the next. */
const nextStep = (course: Course): GroupJob[] => {
  const step: GroupJob[] = [];
  const end = course.looks[course.look] ?? 0;
  for (let at = course.rows.length; at < end; ) {
    const next = course.groups.next();
    if (next.done === true) break;
    step.push(next.value);
    at += next.value.jobs.length;
  }
  course.look += 1;
  return step;
};

/** Adds what a step came to. False where something of it is not there: then nothing is decided. */
const see = async (store: RunReader, course: Course, step: readonly GroupJob[]): Promise<boolean> => {
  for (const { rolloutId } of step.flatMap(({ jobs }) => jobs)) {
    const rollout = await store.rollout(rolloutId);
    const { proxy, intent, labels } = await gradesOf(store, rolloutId);
    if (rollout === null || proxy === null || intent === null || labels === null) return false;
    course.rows.push(scored(rollout, proxy, intent, labels, null));
  }
  return true;
};

/**
 * The jobs of a run that ends an environment as soon as `rules` hold there. All environments take a step each, then everything that was
 * begun is waited for (`settled`), then each is looked at. So it depends on the plan and the results alone where one ends, never
 * on what finished first, and a run that was stopped and resumed ends at the same place.
 */
export async function* sequentialJobs(
  store: RunReader,
  environments: readonly Environment[],
  rules: readonly UntilRule[],
  settled: () => Promise<void>,
): AsyncGenerator<OpenJob> {
  const { plan } = store.manifest;
  const there: Entries = await recordedEntries(store);
  let open: Course[] = environments.map((environment) => ({
    environment,
    groups: planGroups(plan, [environment]),
    looks: looksAt(plan, environment),
    rows: [],
    look: 0,
  }));
  while (open.length > 0) {
    const steps = open.map((course) => ({ course, step: nextStep(course) }));
    for (const { step } of steps) yield* openJobsIn(store, there, step);
    await settled();
    const going: Course[] = [];
    for (const { course, step } of steps) {
      // An episode could not be played: whatever stopped it ends the run, which goes on from here when it is resumed.
      if (!(await see(store, course, step))) return;
      if (course.look < course.looks.length && !rulesHold(course.rows, rules)) going.push(course);
    }
    open = going;
  }
}
