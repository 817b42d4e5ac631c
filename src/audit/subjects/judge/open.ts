import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inputError, messageOf } from '../../../base/errors.ts';
import { checkTemperature } from '../../../policy/temperature.ts';
import type { ScoreScale } from '../../../record/audit.ts';
import type { ExampleSet } from '../../example.ts';
import type { SubjectSources } from '../../open-subject.ts';
import { type Subject, type SubjectOptions, UNIT_SCALE } from '../../subject.ts';
import { judgeSubject } from './judge.ts';
import { recordedRows, recordedSubject } from './recorded.ts';
import { type JudgeForm, rubricOf } from './rubric.ts';
import { requireFields } from './template.ts';

const FORMS: Readonly<Record<string, JudgeForm>> = {
  judge: 'single',
  'reference-judge': 'reference',
  'pairwise-judge': 'pairwise',
};

/** `judge:rubric.md@openai:gpt-x`: the model's specification begins behind the first `@` that a kind follows. */
const SPEC = /^(judge|reference-judge|pairwise-judge):(.+?)@([a-z-]+:.+)$/s;

/** Null where the user kept to the scale of all subjects: a rubric may then bring its own. */
const saidScale = ({ scale }: SubjectOptions): ScoreScale | null =>
  scale.worst === UNIT_SCALE.worst && scale.best === UNIT_SCALE.best && scale.pass === UNIT_SCALE.pass ? null : scale;

export const textOfFile = async (file: string, cwd: string): Promise<string> => {
  try {
    return await readFile(resolve(cwd, file), 'utf8');
  } catch (thrown) {
    throw inputError({
      code: 'unreadable-grader',
      what: 'The file of the grader cannot be read.',
      given: file,
      todo: `Check the path; it is relative to ${cwd}. (${messageOf(thrown)})`,
      cause: thrown,
    });
  }
};

export const openJudge = async (
  spec: string,
  options: SubjectOptions,
  examples: ExampleSet,
  sources: SubjectSources,
): Promise<Subject> => {
  const [, kind = '', file = '', model = ''] = SPEC.exec(spec) ?? [];
  const form = FORMS[kind];
  if (form === undefined) {
    throw inputError({
      code: 'unknown-subject',
      what: 'A judge is a rubric file and a model.',
      given: spec,
      allowed: 'judge:<rubric file>@<model spec>, reference-judge:…, pairwise-judge:…',
      todo: 'For example: judge:rubric.md@openai-compatible:my-model@http://127.0.0.1:8080/v1',
    });
  }
  const rubric = rubricOf(await textOfFile(file, sources.cwd), form, file);
  const columns = new Set(examples.examples.flatMap(({ fields }) => Object.keys(fields)));
  requireFields(rubric.template, columns, file);
  const judge = await sources.openModel(model);
  // The rubric may be somebody else's; whoever names the model knows what it takes.
  const temperature = judge.sendsNoTemperature === true ? null : rubric.temperature;
  try {
    checkTemperature(temperature, judge, `"temperature: none" in ${file}`);
  } catch (thrown) {
    await judge[Symbol.asyncDispose]();
    throw thrown;
  }
  return judgeSubject({
    spec,
    form,
    rubric: { ...rubric, temperature },
    model: judge,
    scale: saidScale(options),
    timeoutMs: options.timeoutMs,
    clock: sources.clock,
  });
};

export const openRecorded = async (
  spec: string,
  options: SubjectOptions,
  examples: ExampleSet,
  sources: SubjectSources,
): Promise<Subject> => {
  const file = spec.slice('recorded:'.length);
  const rows = recordedRows(await textOfFile(file, sources.cwd), file);
  const pairwise = rows.some(({ opponent }) => opponent !== undefined && opponent !== null);
  const subject = recordedSubject({
    spec,
    rows,
    scale: saidScale(options) ?? (pairwise ? { ...UNIT_SCALE, pass: 0.75 } : UNIT_SCALE),
  });
  const inputs = new Set(examples.examples.map(({ input }) => JSON.stringify(input)));
  const strangers = rows.filter(({ input }) => !inputs.has(JSON.stringify(input))).length;
  if (strangers > 0)
    sources.onWarning(`${strangers} of ${rows.length} recorded verdicts are on inputs that no example has`);
  return subject;
};
