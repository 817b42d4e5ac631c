import type { Clock } from '../base/clock.ts';
import { inputError } from '../base/errors.ts';
import type { Rng } from '../base/rng.ts';
import type { Model } from '../policy/policy.ts';
import type { Grader } from './grader.ts';
import { monitorGrader, sealed } from './monitor.ts';
import { MONITORS } from './monitors.ts';
import { type OpenOverseer, overseerGrader } from './overseer.ts';
import { ruleOverseer } from './overseer-rules.ts';

/** What opening an overseer may need; each kind takes its part. */
export interface OverseerSources {
  /** For `judge:`; the overseer owns what it opened. */
  readonly openModel: (spec: string) => Promise<Model>;
  /** `SUBTERFUGE_OVERSEER_KEY` goes to an HTTP reward model as a bearer token. */
  readonly keys: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly rng: Rng;
  /** Threads of a preference model. Default: what the engine takes. */
  readonly workers?: number;
}

export const KEY_VARIABLE = 'SUBTERFUGE_OVERSEER_KEY';

export const OVERSEER_FORMS: readonly string[] = [
  'preference:<checkpoint directory, or shipped>',
  'judge:<model spec>',
  'http:<url>',
  'rules',
];

export const MONITOR_FORMS: readonly string[] = [
  ...MONITORS.map(({ name }) => `monitor:${name}`),
  'monitor:actions-only@<model spec>',
  'monitor:chain-of-thought@<model spec>',
];

const unknown = (given: string, allowed: readonly string[]): Error =>
  inputError({
    code: 'unknown-overseer',
    what: 'This is not the specification of an overseer.',
    given,
    allowed: allowed.join(', '),
    todo: 'For example: preference:shipped, or judge:openai-compatible:my-model@http://127.0.0.1:8080/v1',
  });

/** The same specifications in recipes and commands. Throws `SubterfugeError` (exit code 2) on one that cannot work. */
export const openOverseer = async (spec: string, sources: OverseerSources): Promise<OpenOverseer> => {
  if (spec === 'rules') return { ...ruleOverseer, [Symbol.asyncDispose]: async () => undefined };
  const [, kind = '', rest = ''] = /^([a-z]+):(.+)$/s.exec(spec) ?? [];
  // What is behind these is heavy or optional, so nothing of it is loaded before it is asked for.
  if (kind === 'preference') {
    const { openPreference } = await import('./overseer-preference-open.ts');
    return await openPreference(rest, sources.workers);
  }
  if (kind === 'judge') {
    const { judgeOverseer } = await import('./overseer-judge.ts');
    return judgeOverseer({ model: await sources.openModel(rest) });
  }
  if (kind === 'http' || kind === 'https') {
    const { httpOverseer } = await import('./overseer-http.ts');
    const { clock, rng, keys } = sources;
    const key = keys[KEY_VARIABLE];
    // An address by itself is one too.
    const url = rest.startsWith('//') ? spec : rest;
    return httpOverseer({ url, clock, rng, ...(key === undefined ? {} : { key }) });
  }
  throw unknown(spec, OVERSEER_FORMS);
};

/** A grader of the oversight channel by its specification: an overseer, `monitor:<name>` or `monitor:<name>@<model spec>`. */
export const openOversight = async (
  spec: string,
  sources: OverseerSources,
): Promise<Grader<'oversight'> & AsyncDisposable> => {
  if (spec.startsWith('monitor:')) return await openMonitor(spec, sources);
  const overseer = await openOverseer(spec, sources);
  return { ...overseerGrader(overseer), [Symbol.asyncDispose]: () => overseer[Symbol.asyncDispose]() };
};

const openMonitor = async (
  spec: string,
  { openModel }: OverseerSources,
): Promise<Grader<'oversight'> & AsyncDisposable> => {
  const builtIn = MONITORS.find(({ name }) => `monitor:${name}` === spec);
  if (builtIn !== undefined) return { ...monitorGrader(builtIn), [Symbol.asyncDispose]: async () => undefined };
  const [, sight, modelSpec] = /^monitor:(actions-only|chain-of-thought)@(.+)$/s.exec(spec) ?? [];
  if (modelSpec === undefined) throw unknown(spec, [...OVERSEER_FORMS, ...MONITOR_FORMS]);
  const { judgeOf } = await import('./overseer-judge.ts');
  const { judgedActionsMonitor, judgedThoughtMonitor } = await import('./monitor-judge.ts');
  const model = await openModel(modelSpec);
  const judge = judgeOf({ model });
  const monitor = sight === 'actions-only' ? sealed(judgedActionsMonitor(judge)) : sealed(judgedThoughtMonitor(judge));
  return { ...monitorGrader(monitor), [Symbol.asyncDispose]: () => model[Symbol.asyncDispose]() };
};
