import { inputError } from '../base/errors.ts';
import type { RunReader } from '../store/run-store.ts';
import type { JudgedBy } from './judged-labels.ts';

const nameOf = ({ model, version }: JudgedBy): string => `${model}, version ${version}`;

/** Who judged what stands in a run, each model and version once. */
export const judgesOf = async (store: RunReader): Promise<readonly JudgedBy[]> => {
  const found = new Map<string, JudgedBy>();
  const keep = ({ model, version }: JudgedBy): void => {
    found.set(JSON.stringify([model, version]), { model, version });
  };
  for await (const { judge } of store.verdicts()) if (judge !== undefined) keep(judge);
  for await (const { judge } of store.labels()) if (judge !== undefined) keep(judge);
  return [...found.values()];
};

/**
 * The judge of a run is the one that judged what stands in it, whoever that was to be when it was begun. Null where nothing was judged.
 * Throws `several-judges` (exit code 2) where `grade --judge --save` was stopped on a run of another judge.
 */
export const judgeOfRun = async (store: RunReader): Promise<JudgedBy | null> => {
  const judges = await judgesOf(store);
  if (judges.length < 2) return judges[0] ?? null;
  throw inputError({
    code: 'several-judges',
    what: 'Parts of this run were judged by different models, or versions of one.',
    given: judges.map(nameOf).join('; '),
    allowed: 'one judge for all that is there',
    todo: 'Let one judge all that is there, then resume: subterfuge grade RUN --judge SPEC --save',
  });
};

/** A run is judged by one model at one version, or it is nobody's result. Throws `another-judge` (exit code 2). */
export const checkSameJudge = async (store: RunReader, by: JudgedBy): Promise<void> => {
  const other = (await judgesOf(store)).find(({ model, version }) => model !== by.model || version !== by.version);
  if (other === undefined) return;
  throw inputError({
    code: 'another-judge',
    what: 'A part of this run was judged by another model, or another version of it.',
    given: nameOf(by),
    allowed: nameOf(other),
    todo: `Go on with that one, or first judge all that is there anew: subterfuge grade RUN --judge ${by.model} --save`,
  });
};
