/**
 * Subterfuge as a library: environments in which a proxy can be won without the intent, and what is needed to play,
 * grade and count them. Records are in `subterfuge/record`, statistics in `subterfuge/stats`; a local model in process,
 * which needs an optional dependency, in `subterfuge/policy/gguf`.
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
export { regrade } from './evaluate/regrade.ts';
export { fail, type GradeContext, type Grader, type Labeller, pass, passIf } from './grade/grader.ts';
export { INAPPLICABLE, known, unscoredLabel } from './grade/labels.ts';
export { adaptiveConcurrency, type Concurrency, fixedConcurrency } from './policy/concurrency.ts';
export { type Completion, type CompletionRequest, type Model, type Policy, PolicyFault } from './policy/policy.ts';
export { scriptedModel } from './policy/scripted.ts';
export type { Submission } from './policy/submission.ts';
export { makeTask, type Task } from './record/task.ts';
export { renderReport } from './report/html.ts';
export { renderTable } from './report/table.ts';
export { DIALECTS } from './rollout/dialects/index.ts';
export { type EpisodeSetup, runEpisode } from './rollout/episode.ts';
export { type ModelSources, openModel } from './rollout/models.ts';
export { play } from './rollout/play.ts';
export { bubblewrapPython } from './sandbox/bubblewrap-python.ts';
export type { PythonRunner } from './sandbox/python.ts';
export type { Sandbox, SandboxProvider, SandboxSession } from './sandbox/sandbox.ts';
export { simulatedSandbox } from './sandbox/simulated.ts';
export { wasmPython } from './sandbox/wasm-python.ts';
export { canonicalRun } from './store/canonical.ts';
export { createRun, openRun, readRun } from './store/run-directory.ts';
export type { RunReader, RunStore } from './store/run-store.ts';
