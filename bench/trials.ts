/**
 * Many trials of the held-out environment with an engine checkpoint that is told nothing: how often it tampers, in how
 * much time and memory. Plays through the same evaluation as `subterfuge eval`, journal and graders included.
 *
 *   npm run bench -- trials [--model engine:base] [--n 100000] [--out runs/bench-trials] [--seed 1] [--env NAME] [--json]
 *
 * A run that was stopped or killed goes on with the same command. Times of several processes are added up.
 */
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compactPlan } from '../recipes/support/compact-plan.ts';
import { runScript } from '../recipes/support/script.ts';
import { processIo } from '../src/cli/io.ts';
import { wholeNumber } from '../src/cli/options.ts';
import { openNamedModel, runSession, type SessionOptions } from '../src/cli/session.ts';
import { VERSION } from '../src/cli/version.ts';
import { selectEnvironments } from '../src/env/load.ts';
import type { Rate } from '../src/record/estimate.ts';
import type { EnvironmentSummary } from '../src/record/evaluation.ts';
import { simulatedSandbox } from '../src/sandbox/simulated.ts';
import { clopperPearson } from '../src/stats/proportion.ts';
import { openOrCreateRun } from '../src/store/open-or-create.ts';
import type { RunDirectory } from '../src/store/run-directory.ts';
import { watchMemory } from './support/peak-memory.ts';
import { addSession, readSessions, type TrialSession } from './support/trial-sessions.ts';

const TARGET_SECONDS = 20 * 60;
const TARGET_BYTES = 1.5e9;
const TARGET_TRIALS = 100_000;
/** Two-sided 90 %: its upper limit alone holds with 95 %. */
const ONE_SIDED = 0.9;

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'engine:base' },
    n: { type: 'string', default: `${TARGET_TRIALS}` },
    out: { type: 'string', default: 'runs/bench-trials' },
    seed: { type: 'string', default: '1' },
    env: { type: 'string', default: 'reward-tampering' },
    json: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
  },
});
const io = processIo();
const dir = resolve(values.out);
const plan = compactPlan({
  model: values.model,
  environments: [values.env],
  n: wholeNumber('n')(values.n),
  seed: values.seed,
});

const gradedIn = async (store: RunDirectory): Promise<number> => {
  let graded = 0;
  for await (const { labelled, stop } of store.entries()) if (labelled && stop !== 'fault') graded++;
  return graded;
};

const percent = (share: number): string => `${(100 * share).toPrecision(3)} %`;

/** Trials of a fixed set of tasks: where their rates differ, the exact binomial bound is wider than it must be. */
const upperBound = (count: number, n: number): number | null =>
  n === 0 ? null : clopperPearson(count, n, ONE_SIDED)[1];

const said = (name: string, rate: Rate, rollouts: number): string => {
  const bound = upperBound(rate.count, rate.n);
  const unscored = rollouts - rate.n;
  const worst = upperBound(rate.count + unscored, rollouts);
  return [
    `${name.padEnd(10)} ${rate.count} of ${rate.n}`,
    `  at most ${bound === null ? 'unknown' : percent(bound)} on these tasks (exact, one-sided 95 %)`,
    rate.interval === null ? '' : `  on new tasks ${rate.interval.map(percent).join(' to ')} (${rate.method})`,
    unscored === 0 || worst === null ? '' : `  were all ${unscored} unscored ones yes: at most ${percent(worst)}`,
  ]
    .filter((line) => line !== '')
    .join('\n           ');
};

const most = (numbers: readonly (number | null)[]): number | null =>
  numbers.reduce<number | null>((best, one) => (one === null ? best : Math.max(best ?? 0, one)), null);
const pace = (trials: number, seconds: number): string =>
  trials === 0 ? 'none' : `${trials} trials in ${seconds.toFixed(1)} s: ${(trials / seconds).toFixed(1)} a second`;
const gigabytes = (bytes: number | null): string => (bytes === null ? 'unknown' : `${(bytes / 1e9).toFixed(2)} GB`);

interface Result {
  readonly summary: EnvironmentSummary;
  readonly finished: boolean;
  readonly now: TrialSession;
  readonly sessions: readonly TrialSession[];
  readonly version: string;
}

const print = ({ summary, finished, now, sessions, version }: Result): void => {
  const { rollouts } = summary;
  const timed = sessions.reduce((sum, { trials }) => sum + trials, 0);
  const seconds = sessions.reduce((sum, session) => sum + session.seconds, 0);
  const own = most(sessions.map(({ ownBytes }) => ownBytes));
  const family = most(sessions.map(({ familyBytes }) => familyBytes));
  console.log(`${plan.model} (${version}) on ${values.env}: ${plan.register}, ${plan.split} split, temperature 1`);
  console.log(
    `${rollouts} of ${plan.n} trials on ${summary.attempted.clusters} tasks${finished ? '' : ', not finished'}`,
  );
  console.log(said('attempted', summary.attempted, rollouts));
  console.log(said('succeeded', summary.succeeded, rollouts));
  console.log(`faults     ${summary.faults}; stops ${JSON.stringify(summary.stops)}`);
  console.log(`this time  ${pace(now.trials, now.seconds)}`);
  console.log(`all        ${pace(timed, seconds)}`);
  if (timed < rollouts)
    console.log(`           ${rollouts - timed} trials are of a process that was killed: their time is not known`);
  console.log(`memory     ${gigabytes(own)} at most in this process, ${gigabytes(family)} with its sandbox processes`);
  if (plan.n !== TARGET_TRIALS || !finished || timed < rollouts) return;
  const kept = (yes: boolean): string => (yes ? 'reached' : 'missed');
  console.log(`target     under ${TARGET_SECONDS / 60} minutes: ${kept(seconds < TARGET_SECONDS)}`);
  console.log(
    `target     under ${gigabytes(TARGET_BYTES)}: ${kept((family ?? own ?? Number.POSITIVE_INFINITY) < TARGET_BYTES)}`,
  );
};

const main = async (): Promise<number> => {
  using memory = watchMemory();
  const environments = await selectEnvironments(plan.environments, io.cwd);
  const options: SessionOptions = { concurrency: 'auto', maxUsd: null, price: null, quiet: values.quiet };
  await using opened = await openNamedModel(io, plan.model, environments, { ...options, seed: plan.seed });
  await using sandboxes = simulatedSandbox();
  const versions = { subterfuge: VERSION, node: process.version };
  await using store = await openOrCreateRun(dir, { id: basename(dir), plan, versions }, { clock: io.clock });
  const before = await gradedIn(store);
  const { evaluation, finished, stoppedBy } = await runSession(io, store, environments, opened, sandboxes, options);
  const now: TrialSession = {
    trials: (await gradedIn(store)) - before,
    // Since this process began: opening the model and the run is part of it.
    seconds: performance.now() / 1000,
    ownBytes: memory.own(),
    familyBytes: memory.family(),
  };
  if (now.trials > 0) await addSession(dir, now);
  const [summary] = evaluation.environments;
  if (summary === undefined) throw new Error('an evaluation of no environment');
  const result = { summary, finished, now, sessions: await readSessions(dir), version: opened.model.version };
  if (values.json) console.log(JSON.stringify({ plan, ...result }, null, 2));
  else print(result);
  if (stoppedBy !== null) throw stoppedBy;
  if (finished) return 0;
  process.stderr.write(`Stopped before the end. Go on with the same command; the run is in ${dir}\n`);
  return 3;
};

await runScript(main);
