import type { Clock } from '../base/clock.ts';
import { inputError, unreachable } from '../base/errors.ts';
import type { Rng } from '../base/rng.ts';
import type { Environment, Submissions } from '../env/environment.ts';
import type { Concurrency } from '../policy/concurrency.ts';
import type { Model } from '../policy/policy.ts';
import type { Price } from '../policy/price.ts';
import { isProviderSpec, PROVIDER_NAMES } from '../policy/provider-spec.ts';
import { byRolloutId, replayModel } from '../policy/replay.ts';
import { scriptedModel } from '../policy/scripted.ts';
import type { Submission } from '../policy/submission.ts';
import type { Rollout } from '../record/rollout.ts';
import type { ChatTemplate } from '../record/run.ts';
import type { Task, TaskView } from '../record/task.ts';

/** What only models that run on this machine can be told; of each, a kind takes what it knows. */
export interface LocalSettings {
  /** Of a checkpoint: that sample. Of a GGUF file: that work on one completion together. */
  readonly threads?: number | undefined;
  /** Tokens of prompt and completion together. */
  readonly context?: number | undefined;
  /** GGUF files alone. */
  readonly chatTemplate?: ChatTemplate | undefined;
}

/** What opening a model may need; each kind takes its part. */
export interface ModelSources {
  readonly environments: readonly Environment[];
  /** Keys by the names that providers document, e.g. `OPENAI_API_KEY`. */
  readonly keys: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly rng: Rng;
  /** Null: no price is known, so costs are not either. */
  readonly price: Price | null;
  /** Of a local model: how many transcripts are sampled side by side. With more than one, texts depend on neighbours. */
  readonly sequences: number;
  /** Left out: as each kind has it by default. */
  readonly local?: LocalSettings;
  /** Shared by all calls to a provider. */
  readonly calls: Concurrency;
  readonly onWarning: (message: string) => void;
  /** The recorded rollouts of a run, for `replay:`. */
  readonly rolloutsOf: (run: string) => Promise<readonly Rollout[]>;
}

const FORMS = [
  'scripted:<gold|empty|wrong|exploit>',
  ...PROVIDER_NAMES.map((name) => `${name}:<model>${name === 'openai-compatible' ? '@<base URL>' : ''}`),
  'no-temperature: before one of these',
  'engine:<checkpoint directory, or base>',
  'gguf:<path>',
  'replay:<run directory>',
];

const badSpec = (given: string): Error =>
  inputError({
    code: 'unknown-model',
    what: 'This is not a model specification.',
    given,
    allowed: FORMS.join(', '),
    todo: 'For example: --model scripted:exploit, or --model openai-compatible:my-model@http://127.0.0.1:8080/v1',
  });

/** The same specifications in every command. Throws `SubterfugeError` (exit code 2) on one that cannot work. */
export const openModel = async (spec: string, sources: ModelSources): Promise<Model> => {
  const { threads, context, chatTemplate } = sources.local ?? {};
  const [, kind = '', rest = ''] = /^([a-z-]+):(.+)$/s.exec(spec) ?? [];
  if (kind === 'scripted') return scriptedModel(spec, scriptOf(spec, rest, sources.environments));
  if (kind === 'gguf') {
    // The library behind it is optional, so nothing of it is loaded before it is asked for.
    const { ggufModel } = await import('../policy/gguf.ts');
    return await ggufModel(rest, {
      sequences: sources.sequences,
      ...(threads !== undefined && { threads }),
      ...(context !== undefined && { contextSize: context }),
      ...(chatTemplate !== undefined && { chatTemplate }),
    });
  }
  if (kind === 'engine') {
    const { openEngineModel } = await import('../engine/open-model.ts');
    return await openEngineModel(rest, {
      ...(threads !== undefined && { workers: threads }),
      ...(context !== undefined && { contextLength: context }),
    });
  }
  if (kind === 'replay') return replayModel(spec, byRolloutId(await sources.rolloutsOf(rest)));
  if (isProviderSpec(spec)) {
    // Loading the SDKs takes longer than most commands; only those that call a provider wait for it.
    const { providerModel } = await import('../policy/provider.ts');
    const { keys, clock, rng, price, calls, onWarning } = sources;
    const prices = price === null ? {} : { [spec]: price };
    return providerModel(spec, { env: keys, clock, rng, concurrency: calls, prices, onWarning });
  }
  if (kind === 'imported') {
    throw inputError({
      code: 'imported-run',
      what: 'These conversations were imported from logs: there is no model to ask.',
      given: spec,
      todo: 'Import the logs again, or evaluate a model.',
    });
  }
  throw badSpec(spec);
};

const KINDS = ['gold', 'empty', 'wrong', 'exploit'] as const;
type Kind = (typeof KINDS)[number];

/** What an environment was asked to play and has not. Controls have no exploit. */
const noSubmission = (environment: Environment, submissions: Submissions, kind: Kind, spec: string): Error => {
  const own = submissionsOf(kind, submissions);
  const others = KINDS.filter((other) => submissionsOf(other, submissions).length > 0);
  return inputError({
    code: 'unknown-submission',
    what:
      own.length > 0
        ? `${environment.name} has no ${kind} submission of that name.`
        : `${environment.name} has no ${kind} submission${environment.control === undefined ? '' : ': it is a control, in which nothing is gaming'}.`,
    given: spec,
    allowed:
      own.length > 0
        ? own.map(({ name }) => `scripted:${kind}/${name}`).join(', ')
        : others.map((other) => `scripted:${other}`).join(', '),
    todo:
      own.length > 0
        ? `Take one of these, or scripted:${kind} for all of them in turn.`
        : 'Take one of these, or an environment that has one.',
  });
};

/**
 * `scripted:exploit` takes the exploits in turn by variant; `scripted:exploit/NAME` takes the one of that name. Throws
 * `unknown-submission` (exit code 2) where an environment has none of that kind at all.
 */
const scriptOf = (
  spec: string,
  script: string,
  environments: readonly Environment[],
): ((task: TaskView) => Submission) => {
  const [given = '', name] = script.split('/');
  const kind = KINDS.find((known) => known === given);
  if (kind === undefined) throw badSpec(spec);
  for (const environment of environments) {
    const [task] = environment.tasks({ split: 'test', variant: 0, register: 'compact', promptSet: 'main' });
    const submissions = task === undefined ? null : environment.submissions(task);
    if (submissions !== null && submissionsOf(kind, submissions).length === 0)
      throw noSubmission(environment, submissions, kind, spec);
  }
  return (task) => {
    const environment = environments.find((known) => known.name === task.environment);
    if (environment === undefined) throw new Error(`no environment "${task.environment}" to take a script from`);
    const submissions = environment.submissions(wholeTask(environment, task));
    const candidates = submissionsOf(kind, submissions);
    const named =
      name === undefined ? candidates[task.variant % candidates.length] : candidates.find((c) => c.name === name);
    if (named !== undefined) return named;
    throw noSubmission(environment, submissions, kind, spec);
  };
};

/** A script is the host's own, so it may know what a model may not: the task is made again, with its facts. */
const wholeTask = (environment: Environment, view: TaskView): Task => {
  const found = environment.tasks(view).find((task) => task.id === view.id);
  if (found === undefined) throw new Error(`${environment.name} does not make task ${view.id} again`);
  return found;
};

const submissionsOf = (kind: Kind, submissions: Submissions): readonly Submission[] => {
  switch (kind) {
    case 'gold':
      return [submissions.gold];
    case 'empty':
      return [submissions.empty];
    case 'wrong':
      return submissions.wrong;
    case 'exploit':
      return submissions.exploits.map((exploit) => exploit.submission);
    default:
      return unreachable(kind);
  }
};
