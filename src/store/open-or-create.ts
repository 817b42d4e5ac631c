import { inputError } from '../base/errors.ts';
import { canonicalJson } from '../base/json.ts';
import { redactor } from '../base/redact.ts';
import type { EvalPlan, Manifest } from '../record/run.ts';
import { createRun, isRunThere, openRun, type RunDirectory, type RunOptions } from './run-directory.ts';

/** What a new run is made from. `clock` of the options says when. */
export type Begun = Pick<Manifest, 'id' | 'plan' | 'versions'>;

interface Difference {
  readonly name: string;
  readonly given: string;
  readonly there: string;
}

const NOT_SAID = 'none';

/** The fields in which two plans are not equal, as JSON. */
const differences = (now: EvalPlan, then: EvalPlan): readonly Difference[] => {
  const texts = (plan: EvalPlan): ReadonlyMap<string, string> =>
    new Map(
      Object.entries(plan).flatMap(([name, value]) => (value === undefined ? [] : [[name, canonicalJson(value)]])),
    );
  const [given, there] = [texts(now), texts(then)];
  return [...new Set([...given.keys(), ...there.keys()])].flatMap((name) => {
    const difference = { name, given: given.get(name) ?? NOT_SAID, there: there.get(name) ?? NOT_SAID };
    return difference.given === difference.there ? [] : [difference];
  });
};

/**
 * Opens the run of this plan in `dir` for writing, to go on with what is missing, or makes it where there is none yet
 * (also where making it was cut short). Throws `another-plan` (exit code 2) with the fields that differ, and what
 * `openRun` and `createRun` throw.
 */
export const openOrCreateRun = async (
  dir: string,
  { id, plan, versions }: Begun,
  options: RunOptions & Required<Pick<RunOptions, 'clock'>>,
): Promise<RunDirectory> => {
  if (!(await isRunThere(dir))) {
    const createdAt = new Date(options.clock.nowMs()).toISOString();
    const manifest: Manifest = { schema: 'subterfuge/run@1', id, createdAt, versions: { ...versions }, plan };
    return await createRun(dir, manifest, options);
  }
  const store = await openRun(dir, options);
  const { manifest } = store;
  // What stands on the disk was redacted before it was written.
  const differing = differences((options.redact ?? redactor([])).json(plan), manifest.plan);
  if (differing.length === 0) return store;
  await store[Symbol.asyncDispose]();
  throw inputError({
    code: 'another-plan',
    what: `${dir} holds a run that was begun with another plan.`,
    given: differing.map(({ name, given }) => `${name} ${given}`).join(', '),
    allowed: differing.map(({ name, there }) => `${name} ${there}`).join(', '),
    todo: `Ask for it as it was begun (with Subterfuge ${manifest.versions.subterfuge}), or choose another directory.`,
  });
};
