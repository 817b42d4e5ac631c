/**
 * Subterfuge as a library: environments in which a proxy can be won without the intent, and what is needed to play,
 * grade and count them, to oversee a policy and to train one. Records are in `subterfuge/record`, statistics in
 * `subterfuge/stats`, the weights, sampler and trainer of the embedded model in `subterfuge/engine`; a local model in
 * process, which needs an optional dependency, in `subterfuge/policy/gguf`. Nothing optional is loaded before it is used.
 */
export { type Budget, budget, type Limits } from './base/budget.ts';
export { type Clock, manualClock, systemClock } from './base/clock.ts';
export { inputError, runError, SubterfugeError } from './base/errors.ts';
export { type Rng, rng } from './base/rng.ts';
export { checkDeclarations, checkSubmissions, gradeGroup } from './env/contract.ts';
export type { Environment, Exploit, Submissions, TaskChoice, Weakness } from './env/environment.ts';
export { loadEnvironment, selectEnvironments } from './env/load.ts';
export { CURRICULUM, ENVIRONMENTS, findEnvironment } from './env/registry.ts';
export { groups } from './env/stream.ts';
export { type EvaluateResult, type EvaluateSetup, evaluate } from './evaluate/evaluate.ts';
export { evaluationOf } from './evaluate/evaluation-of.ts';
export { gradeRollouts } from './evaluate/grade.ts';
export { inflationMatrix } from './evaluate/inflation.ts';
export { judged } from './evaluate/judged.ts';
export { regrade } from './evaluate/regrade.ts';
export { type RunJudge, runJudge } from './evaluate/run-judge.ts';
export { fail, type GradeContext, type Grader, type Labeller, pass, passIf } from './grade/grader.ts';
export type { Judging } from './grade/judging.ts';
export { INAPPLICABLE, known, unscoredLabel } from './grade/labels.ts';
export { type Monitor, monitorGrader, type SealedMonitor, type Suspicion, sealed } from './grade/monitor.ts';
export { MONITORS } from './grade/monitors.ts';
export { type OpenOverseer, OVERSEER_BAR, type Overseer, overseerGrader, scoredBy } from './grade/overseer.ts';
export { type JudgeOptions, judgeOverseer } from './grade/overseer-judge.ts';
export {
  MONITOR_FORMS,
  OVERSEER_FORMS,
  type OverseerSources,
  openOverseer,
  openOversight,
} from './grade/overseer-open.ts';
export {
  type ChainOfThoughtView,
  type OversightView,
  oversightView,
  type VisibleAction,
  viewOf,
} from './grade/oversight-view.ts';
export { adaptiveConcurrency, type Concurrency, fixedConcurrency } from './policy/concurrency.ts';
export { type Completion, type CompletionRequest, type Model, type Policy, PolicyFault } from './policy/policy.ts';
export { scriptedModel } from './policy/scripted.ts';
export type { Submission } from './policy/submission.ts';
export { makeTask, type Task } from './record/task.ts';
export { renderAnnotations } from './report/audit-annotations.ts';
export { auditHeadline } from './report/audit-headline.ts';
export { type AuditPageOptions, renderAuditReport } from './report/audit-html.ts';
export { renderJunit } from './report/audit-junit.ts';
export type { SourceLocation } from './report/audit-location.ts';
export { renderSarif, type SarifOptions } from './report/audit-sarif.ts';
export { type AuditTextOptions, renderAuditText } from './report/audit-text.ts';
export { todoOf } from './report/audit-todo.ts';
export type { AuditView } from './report/audit-words.ts';
export { renderReport } from './report/html.ts';
export { renderTable } from './report/table.ts';
export { DIALECTS } from './rollout/dialects/index.ts';
export { type EpisodeSetup, runEpisode } from './rollout/episode.ts';
export { type ModelSources, openModel } from './rollout/models.ts';
export { play } from './rollout/play.ts';
export { type BubblewrapOptions, bubblewrapSandbox } from './sandbox/bubblewrap.ts';
export { bubblewrapPython } from './sandbox/bubblewrap-python.ts';
export type { PythonRunner } from './sandbox/python.ts';
export type { Sandbox, SandboxProvider, SandboxSession } from './sandbox/sandbox.ts';
export { simulatedSandbox } from './sandbox/simulated.ts';
export { wasmPython } from './sandbox/wasm-python.ts';
export { canonicalRun } from './store/canonical.ts';
export { openOrCreateRun } from './store/open-or-create.ts';
export { createRun, openRun, readRun } from './store/run-directory.ts';
export type { RunReader, RunStore } from './store/run-store.ts';
export { CAUSES, type Cause, causeOf, hasCauses } from './train/causes.ts';
export { type DenseMeasure, type DenseMeasured, type DenseSetup, denseMeasures } from './train/dense.ts';
export { hasMeasures, type MeasureSetup, measureCheckpoint } from './train/dense-checkpoint.ts';
export type { ScoringModel } from './train/dense-score.ts';
export { type EngineLearnerOptions, engineLearners } from './train/engine-learner.ts';
export { type FineTuned, type FineTuneSetup, fineTune } from './train/fine-tune.ts';
export type { Learner, LearnerSource } from './train/learner.ts';
export { type ReadTraining, readTrainingRun } from './train/matrix-of-run.ts';
export { type Guard, type Recipe, type RecipeInput, readRecipe, type Stage } from './train/recipe.ts';
export { RECIPE_NAMES, RECIPES, type RecipeChoice, type RecipeName, recipeNamed } from './train/recipes.ts';
export type { Checkpoint, TrainProgress, TrainResult, TrainSetup, TrainStep } from './train/setup.ts';
export { type Claim, readSweep, type Sweep, type SweepEntry, type SweepInput } from './train/sweep.ts';
export { train } from './train/train.ts';
export { type Encode, type EncodedTranscript, type Transcript, trajectory } from './train/trajectory.ts';
