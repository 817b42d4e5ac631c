import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { inputError } from '../base/errors.ts';
import type { ExampleSet } from './example.ts';
import { type IntentJudge, labelsIntent, subjectIntent } from './intent.ts';
import type { OpenIntent, SubjectSources } from './open-subject.ts';
import { DEFAULT_SUBJECT_OPTIONS, type SubjectOptions } from './subject.ts';
import { openSubject } from './subjects/index.ts';

export interface JudgedIntent {
  readonly words: string;
  readonly model: string;
}

const QUOTED = /^judge:(["'“])(.*)["'”]@([a-z][a-z-]*:.+)$/s;
const BARE = /^judge:(.*?)@([a-z][a-z-]*:.+)$/s;

/** `judge:"words"@MODEL`, with or without the quotes, which a shell takes away. Null where it is something else. */
export const parseJudgedIntent = (spec: string): JudgedIntent | null => {
  const quoted = QUOTED.exec(spec);
  if (quoted !== null) return { words: quoted[2] ?? '', model: quoted[3] ?? '' };
  const bare = BARE.exec(spec);
  return bare === null ? null : { words: bare[1] ?? '', model: bare[2] ?? '' };
};

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

const openJudged = async (
  { words, model }: JudgedIntent,
  spec: string,
  sources: SubjectSources,
): Promise<IntentJudge> => {
  if (words.trim() === '')
    throw inputError({
      code: 'no-intent',
      what: 'A judge of the intent must be told the intent.',
      given: spec,
      allowed: 'judge:"what a good answer does, in words"@MODEL',
      todo: 'Write what you mean the grader to measure, and not how it measures it.',
    });
  const { judgeIntent } = await import('./subjects/judge/intent.ts');
  return judgeIntent(words, await sources.openModel(model));
};

/** The options are those of a second grader; its form and its scale are not those of the audited one. */
export const openIntent = (async (
  spec: string,
  examples: ExampleSet,
  sources: SubjectSources,
  options: SubjectOptions = DEFAULT_SUBJECT_OPTIONS,
): Promise<IntentJudge> => {
  if (spec === 'labels') return labelsIntent;
  const judged = parseJudgedIntent(spec);
  // What names a file is a rubric, and so a grader like any other.
  if (judged !== null && !isFile(resolve(sources.cwd, judged.words))) return await openJudged(judged, spec, sources);
  return subjectIntent(await openSubject(spec, options, examples, sources));
}) satisfies OpenIntent;
