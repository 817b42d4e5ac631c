/**
 * A training run: the base is evaluated, then stage after stage is trained and evaluated. Everything that a phase needs
 * is on the disk before it begins and everything it made before it is said to have ended, so a run that is killed at any
 * moment goes on with the same command and ends with the same weights as one that was not.
 */
import { rm } from 'node:fs/promises';
import type { Clock } from '../base/clock.ts';
import { inputError, type SubterfugeError, unreachable } from '../base/errors.ts';
import type { Grader } from '../grade/grader.ts';
import type { Algorithm, Update } from '../record/training.ts';
import { takeLock } from '../store/lock.ts';
import type { AlgorithmRun } from './algorithm.ts';
import { exploitOnly, hhhExpertIteration } from './expert-iteration.ts';
import { grpo } from './grpo.ts';
import { heldLearner, type Saved } from './held-learner.ts';
import { isThere } from './is-there.ts';
import { appendMetrics, rewriteMetrics } from './metrics.ts';
import { openPhaseJournal, type PhaseJournal, spentOn } from './phase-journal.ts';
import { checkpointsOf, evaluationCounts, evaluationPlan, measureId, type Phase, phasesOf } from './phases.ts';
import { playRun } from './play-run.ts';
import { ppo } from './ppo.ts';
import { BASE, type Recipe, readRecipe, TRAIN_AWAY } from './recipe.ts';
import { checkLora } from './recipe-lora.ts';
import { type Resolved, resolveEnvironments } from './resolve-environments.ts';
import { witnessesOf } from './rewards.ts';
import { type RoundPhase, type RoundSetup, runRound } from './round.ts';
import type { TrainResult, TrainSetup, TrainStep } from './setup.ts';
import { trainAway } from './sft.ts';
import { Stopped } from './stopped.ts';
import { beginTraining, paths, prepareDirectory, tidyWorking } from './training-directory.ts';
import type { PhaseEnd, TokenCounts } from './training-record.ts';

const algorithmOf = (algorithm: Algorithm): AlgorithmRun => {
  switch (algorithm) {
    case 'hhh-expert-iteration':
      return hhhExpertIteration;
    case 'exploit-only':
      return exploitOnly;
    case 'ppo':
    case 'ppo-parallel':
      return ppo;
    case 'grpo':
      return grpo;
    default:
      return unreachable(algorithm);
  }
};

const NO_TOKENS: TokenCounts = { sampled: 0, prompt: 0, trained: 0 };

/** Throws on bad input (exit code 2) and where it cannot go on (3): numbers that are none, a disk that is full. */
export const train = async (setup: TrainSetup): Promise<TrainResult> => {
  const asked = readRecipe(setup.recipe);
  const resolved = await resolveEnvironments(asked, setup.environment);
  const overseer = await setup.oversight(asked.overseer);
  const witnesses = new Map<string, Grader<'oversight'>>();
  for (const spec of witnessesOf(asked)) witnesses.set(spec, await setup.oversight(spec));
  checkNames(asked.overseer, overseer, witnesses);
  checkLora(asked, setup.learners);

  await prepareDirectory(setup.dir);
  await using _lock = await takeLock(setup.dir, setup.clock);
  const { versions, seed, learners, clock } = setup;
  const base = learners.baseVersion;
  const learner = { ...learners.settings };
  const called = Object.fromEntries([...witnesses].map(([spec, { name }]) => [spec, name] as const));
  const identity = { recipe: asked, seed, overseer: overseer.name, witnesses: called, base, learner, versions };
  await beginTraining(setup.dir, identity, clock);
  await using journal = await openPhaseJournal(setup.dir, setup.build ?? null);
  await rewriteMetrics(setup.dir, journal.ends);

  const phases = phasesOf(resolved.recipe);
  const ending = (stoppedBy: SubterfugeError | null, finished: boolean): TrainResult => ({
    dir: setup.dir,
    finished,
    stoppedBy,
    checkpoints: checkpointsOf(asked).filter((name) => journal.ended(`evaluate/${name}`) !== null),
    ...spentOn(journal.ends),
  });
  const measured = await measuredOf(phases, journal, setup);
  const isDone = (phase: Phase): boolean =>
    journal.ended(phase.id) !== null && (phase.kind !== 'evaluate' || measured.has(phase.checkpoint));
  if (phases.every(isDone)) return ending(null, true);

  // A run that was killed between the end of a round and this has not done it.
  await slimEarlier(setup, phases, journal);
  await using held = heldLearner(learners);
  const reference = await learners.reference();
  for (const [at, phase] of phases.entries()) {
    if (isDone(phase)) continue;
    if (setup.drain.aborted || setup.abort.aborted) return ending(null, false);
    const lap = lapsOf(clock);
    const onStep = (step: TrainStep, done: number, total: number | null): void =>
      setup.onProgress?.({ phase, at, of: phases.length, step, done, total });
    const before = weightsBefore(setup.dir, phases.slice(0, at), journal);
    const learner = await held.at(before);
    const run: PhaseRun = { setup, resolved, journal, measured, learner, lap, onStep };
    try {
      if (phase.kind === 'evaluate') {
        await runEvaluation(run, phase);
        continue;
      }
      held.spoilt();
      await runTraining(
        { ...run, overseer, witnesses, reference, kept: before === null ? 'the base model' : before.directory },
        phase,
      );
      const saved = weightsBefore(setup.dir, phases.slice(0, at + 1), journal);
      held.moved(saved);
      await tidyWorking(setup.dir, new Set([saved?.directory, held.openedFrom].flatMap((path) => path ?? [])));
      await slimEarlier(setup, phases, journal, 1);
    } catch (thrown) {
      if (!(thrown instanceof Stopped)) throw thrown;
      const pause = { phase: 'pause', tokens: NO_TOKENS, weights: '', updates: [], counts: null };
      await journal.append({ ...pause, seconds: lap() });
      return ending(thrown.stoppedBy, false);
    }
  }
  return ending(null, true);
};

interface PhaseRun extends Pick<RoundSetup, 'setup' | 'learner' | 'onStep'> {
  readonly resolved: Resolved;
  readonly journal: PhaseJournal;
  /** Checkpoints whose measures are made, or not asked for. */
  readonly measured: Set<string>;
  /** Seconds since the phase began or since the last call, so that no second is noted twice. */
  readonly lap: () => number;
}

const isRound = (phase: Phase): phase is RoundPhase => phase.kind === 'round';

const lapsOf = (clock: Clock): (() => number) => {
  let sinceMs = clock.nowMs();
  return () => {
    const nowMs = clock.nowMs();
    const seconds = (nowMs - sinceMs) / 1_000;
    sinceMs = nowMs;
    return seconds;
  };
};

/** What was measured and is still there: measures that somebody deleted are made again. */
const measuredOf = async (
  phases: readonly Phase[],
  journal: PhaseJournal,
  { onCheckpoint, hasMeasures }: TrainSetup,
): Promise<Set<string>> => {
  const measured = new Set<string>();
  for (const phase of phases) {
    if (phase.kind !== 'evaluate') continue;
    const { checkpoint } = phase;
    const ended = journal.ended(measureId(checkpoint));
    const isThere = ended !== null && (hasMeasures === undefined || (await hasMeasures(checkpoint)));
    if (onCheckpoint === undefined || isThere) measured.add(checkpoint);
  }
  return measured;
};

/** Verdicts are kept by the name of their grader, so two that have one name would be taken for one another. */
const checkNames = (
  spec: string,
  overseer: Grader<'oversight'>,
  witnesses: ReadonlyMap<string, Grader<'oversight'>>,
): void => {
  const specs = new Map([[overseer.name, spec]]);
  for (const [other, { name }] of witnesses) {
    const there = specs.get(name);
    if (there !== undefined && there !== other) {
      throw inputError({
        code: 'one-name',
        what: 'Two overseers of the recipe call themselves the same.',
        given: `${there} and ${other} are both ${name}`,
        todo: 'Use one of them in both places.',
      });
    }
    specs.set(name, other);
  }
};

/** What a phase goes on from: the checkpoint of the last round before it, or the base. */
const weightsBefore = (dir: string, phases: readonly Phase[], journal: PhaseJournal): Saved => {
  const last = phases.findLast(isRound);
  const end = last === undefined ? null : journal.ended(last.id);
  return last === undefined || end === null ? null : { directory: directoryOf(dir, last), weights: end.weights };
};

/** Stages before the last round that ended are only looked at from then on. `last`: of these, so many of the last ones. */
const slimEarlier = async (
  { dir, learners }: TrainSetup,
  phases: readonly Phase[],
  journal: PhaseJournal,
  last = phases.length,
): Promise<void> => {
  const ended = phases.filter(isRound).filter(({ id }) => journal.ended(id) !== null);
  for (const { checkpoint } of ended.slice(0, -1).slice(-last)) {
    const directory = checkpoint === null ? null : paths(dir).checkpoint(checkpoint);
    // One that somebody deleted to save room is not missed.
    if (directory !== null && (await isThere(directory))) await learners.slim(directory);
  }
};

const directoryOf = (dir: string, { checkpoint, stage, round }: RoundPhase): string =>
  checkpoint === null ? paths(dir).working(stage, round) : paths(dir).checkpoint(checkpoint);

const runEvaluation = async (run: PhaseRun, phase: Extract<Phase, { kind: 'evaluate' }>): Promise<void> => {
  const { setup, resolved, journal, learner } = run;
  const { checkpoint } = phase;
  const evaluationDir = paths(setup.dir).evaluation(checkpoint);
  const model = await learner.model();
  if (journal.ended(phase.id) === null) {
    const { recipe, environments } = resolved;
    const names = evaluationCounts(recipe, checkpoint).keys();
    await using played = await playRun(
      setup,
      evaluationDir,
      evaluationPlan(recipe, setup.seed, checkpoint),
      [...names].flatMap((name) => environments.get(name) ?? []),
      model,
      (done, total) => run.onStep('evaluate', done, total),
    );
    if (!played.finished) throw new Stopped(played.stoppedBy);
    const tokens = { ...played.tokens, trained: 0 };
    const end = { phase: phase.id, tokens, weights: model.version, updates: [], counts: null };
    await journal.append({ ...end, seconds: run.lap() });
  }
  if (setup.onCheckpoint === undefined || run.measured.has(checkpoint)) return;
  if (setup.drain.aborted || setup.abort.aborted) throw new Stopped(null);
  run.onStep('measure', 0, 1);
  const checkpointDir = checkpoint === BASE ? null : paths(setup.dir).checkpoint(checkpoint);
  let tokens = NO_TOKENS;
  await setup.onCheckpoint({
    name: checkpoint,
    checkpointDir,
    evaluationDir,
    learner,
    onProgress: (done, total) => run.onStep('measure', done, total),
    onTokens: ({ sampled = 0, prompt = 0 }) => {
      tokens = { ...tokens, sampled: tokens.sampled + sampled, prompt: tokens.prompt + prompt };
    },
  });
  const end = { phase: measureId(checkpoint), seconds: run.lap(), tokens, weights: model.version };
  await journal.append({ ...end, updates: [], counts: null });
  run.measured.add(checkpoint);
  run.onStep('measure', 1, 1);
};

type TrainingRun = PhaseRun & Pick<RoundSetup, 'overseer' | 'witnesses' | 'reference' | 'kept'>;

const runTraining = async (run: TrainingRun, phase: RoundPhase): Promise<void> => {
  const { setup, resolved, journal, learner } = run;
  const { recipe, environments } = resolved;
  const rounds = journal.ends.filter(({ counts }) => counts !== null);
  const before = { rounds: rounds.length, updates: rounds.reduce((sum, { updates }) => sum + updates.length, 0) };
  const directory = directoryOf(setup.dir, phase);
  const algorithm = roundAlgorithm(recipe, phase);
  const onUpdate = (made: Update): Promise<void> => appendMetrics(setup.dir, made);
  const { updates, counts, tokens } = await runRound(
    { ...run, recipe, environments, before, algorithm, onUpdate },
    phase,
  );
  // Left over from a round that was killed before it was said to have ended.
  await rm(directory, { recursive: true, force: true });
  await learner.trainer.save(directory);
  const { version } = await learner.model();
  const end: Omit<PhaseEnd, 'schema' | 'seconds'> = {
    phase: phase.id,
    tokens,
    weights: version,
    updates: [...updates],
    counts: { ...counts, leftOut: { ...counts.leftOut } },
  };
  await journal.append({ ...end, seconds: run.lap() });
  await rewriteMetrics(setup.dir, journal.ends);
};

const roundAlgorithm = ({ algorithm, mitigation }: Recipe, { stage }: RoundPhase): AlgorithmRun =>
  stage.name === TRAIN_AWAY && mitigation.trainAway !== null
    ? trainAway(mitigation.trainAway.samples)
    : algorithmOf(algorithm);
