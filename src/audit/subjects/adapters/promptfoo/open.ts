import { basename, dirname, resolve } from 'node:path';
import { inputError } from '../../../../base/errors.ts';
import { contentHash } from '../../../../base/json.ts';
import type { Model } from '../../../../policy/policy.ts';
import type { ExampleSet } from '../../../example.ts';
import type { SubjectSources } from '../../../open-subject.ts';
import { DEFAULT_SUBJECT_OPTIONS, type Subject, type SubjectOptions } from '../../../subject.ts';
import { textOfFile } from '../../judge/open.ts';
import { wordsOf } from '../../judge/words.ts';
import { compileTest, readyIn, type Uses } from './compile.ts';
import { type PromptfooTest, promptfooTests } from './config.ts';
import { modelSpecOf, type RubricJudge, rubricJudge } from './llm-rubric.ts';
import { openScripts } from './scripts.ts';
import { PROMPTFOO_SCALE, promptfooSubject } from './subject.ts';
import { testFor } from './vars.ts';

/** `promptfooconfig.yaml:3`: its fourth test. */
const SPEC = /^(.*\.ya?ml)(?::(\d+))?$/s;

export const loadPromptfoo = async (
  spec: string,
  cwd: string,
): Promise<{ readonly file: string; readonly text: string; readonly tests: readonly PromptfooTest[] }> => {
  const [, file = spec, number] = SPEC.exec(spec) ?? [];
  const text = await textOfFile(file, cwd);
  return { file, text, tests: promptfooTests(text, file, number === undefined ? null : Number(number)) };
};

const requireMatch = (examples: ExampleSet, tests: readonly PromptfooTest[], spec: string): void => {
  if (examples.examples.length === 0 || examples.examples.some((example) => testFor(example, tests) !== null)) return;
  throw inputError({
    code: 'no-matching-test',
    what: 'No example has the variables of a test, so it is not known which assertions apply.',
    given: `${spec}, tests on ${tests.map(({ vars }) => `{${Object.keys(vars).join(', ')}}`).join(', ')}`,
    todo: `Name one test for all examples, e.g. ${spec}:0, or leave --examples out to audit the tests on their own variables.`,
  });
};

/** Throws `unreadable-grader`, `unsupported-assertion`, `no-such-test`, `no-matching-test`, `no-judge-model`, and what opening models throws. */
export const openPromptfoo = async (
  spec: string,
  options: SubjectOptions,
  examples: ExampleSet,
  sources: SubjectSources,
): Promise<Subject> => {
  const { file, text, tests } = await loadPromptfoo(spec, sources.cwd);
  requireMatch(examples, tests, spec);
  const folder = dirname(resolve(sources.cwd, file));
  const uses: Uses = { files: new Map(), folders: new Set() };
  const ready = tests.map((test) => compileTest(test, folder, uses));
  const all = ready.flatMap(readyIn);
  const providers = [...new Set(all.flatMap(({ asked }) => (asked.how === 'judge' ? [asked.provider] : [])))];
  const models: Model[] = [];
  const languages = new Set(all.flatMap(({ asked }) => (asked.how === 'script' ? [asked.language] : [])));
  const closeModels = async (): Promise<void> => {
    for (const model of models) await model[Symbol.asyncDispose]();
  };
  try {
    const judges = new Map<string, RubricJudge>();
    const timeoutMs = options.timeoutMs === DEFAULT_SUBJECT_OPTIONS.timeoutMs ? null : options.timeoutMs;
    for (const provider of providers) {
      const model = await sources.openModel(modelSpecOf(provider));
      models.push(model);
      judges.set(provider, rubricJudge(model, timeoutMs, sources.clock));
    }
    const scripts = await openScripts(
      { javascript: languages.has('javascript'), python: languages.has('python'), readable: [...uses.folders] },
      options,
      sources,
    );
    const rubrics = all.flatMap(({ asked }) => (asked.how === 'judge' ? [wordsOf(asked.value)] : []));
    return promptfooSubject({
      record: {
        spec,
        kind: 'promptfoo',
        form: options.form ?? (judges.size > 0 ? 'judge' : 'text'),
        version: contentHash({
          text,
          tests: tests.map(({ number }) => number),
          files: [...uses.files].map(([path, content]) => [basename(path), content]),
          models: models.map((model) => [model.spec, model.version]),
        }),
        scale: PROMPTFOO_SCALE,
      },
      tests: ready,
      scripts,
      judges,
      published: rubrics.length > 0 ? [...new Set(rubrics)].join('\n\n') : null,
      close: async () => {
        await scripts[Symbol.asyncDispose]();
        await closeModels();
      },
    });
  } catch (thrown) {
    await closeModels();
    throw thrown;
  }
};
