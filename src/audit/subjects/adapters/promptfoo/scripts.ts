/** The user's own assertion code, in processes that can be killed: JavaScript and regular expressions in one, Python in another. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { contentHash } from '../../../../base/json.ts';
import type { Graded } from '../../../../record/audit.ts';
import { jsonSchema } from '../../../../record/json.ts';
import type { Example, ExampleSet } from '../../../example.ts';
import type { SubjectSources } from '../../../open-subject.ts';
import { type GradeCall, type Subject, type SubjectOptions, UNIT_SCALE } from '../../../subject.ts';
import { openPython } from '../../foreign/python.ts';
import { openTemporaryModule } from '../temporary-module.ts';
import { JAVASCRIPT_MODULE, PYTHON_MODULE, type ScriptCall } from './script-modules.ts';
import type { Result } from './total.ts';

export interface ScriptJob {
  readonly language: 'javascript' | 'python';
  readonly script: ScriptCall;
  readonly output: string;
}

export interface Scripts extends AsyncDisposable {
  /** One result for each job, in order; `not-` is not yet applied. */
  run(jobs: readonly ScriptJob[], signal?: AbortSignal): Promise<readonly Result[]>;
}

/** The assertion travels as a column of an example that is sent once for all of its answers. */
const exampleOf = (script: ScriptCall): Example => {
  const plain = jsonSchema.parse(script);
  return {
    id: contentHash(plain),
    input: '',
    reference: null,
    knownGood: [],
    knownBad: [],
    options: null,
    items: null,
    workspace: null,
    fields: { subterfuge: plain },
  };
};

const EXAMPLES: ExampleSet = {
  task: 'text',
  examples: [exampleOf({ how: 'inline', code: '', name: null, threshold: null, vars: {} })],
  items: 1,
  hash: '',
  source: 'promptfoo',
  whole: null,
};

const saidSchema = z.object({ score: z.number() });

const resultOf = (graded: Graded | undefined): Result => {
  if (graded === undefined) throw new Error('an assertion was left without an answer');
  if (graded.kind === 'fault') return graded;
  return { kind: 'checked', pass: graded.passed, score: saidSchema.parse(JSON.parse(graded.reason ?? '{}')).score };
};

const openPythonScripts = async (options: SubjectOptions, sources: SubjectSources): Promise<Subject> => {
  const folder = await mkdtemp(join(tmpdir(), 'subterfuge-assertions-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await writeFile(join(folder, 'assertions.py'), PYTHON_MODULE);
    const subject = await openPython(join(folder, 'assertions.py:score'), options, EXAMPLES, sources);
    return {
      ...subject,
      [Symbol.asyncDispose]: async () => {
        await subject[Symbol.asyncDispose]();
        await remove();
      },
    };
  } catch (thrown) {
    await remove();
    throw thrown;
  }
};

export interface ScriptNeeds {
  readonly javascript: boolean;
  readonly python: boolean;
  /** Folders that JavaScript files lie in. */
  readonly readable: readonly string[];
}

/** Starts only what is needed. */
export const openScripts = async (
  { javascript, python, readable }: ScriptNeeds,
  given: SubjectOptions,
  sources: SubjectSources,
): Promise<Scripts> => {
  const options: SubjectOptions = { ...given, scale: UNIT_SCALE, form: 'text', signature: 'auto' };
  const module = {
    code: JAVASCRIPT_MODULE,
    spec: 'promptfoo',
    kind: 'promptfoo',
    env: {},
    expensive: false,
    readable,
  } as const;
  const subjects = {
    javascript: javascript ? await openTemporaryModule(module, options, EXAMPLES, sources) : null,
    python: python ? await openPythonScripts(options, sources) : null,
  };
  return {
    run: async (jobs, signal) => {
      const results = new Map<number, Result>();
      for (const language of ['javascript', 'python'] as const) {
        const own = jobs.flatMap((job, index) => (job.language === language ? [{ job, index }] : []));
        const subject = subjects[language];
        if (own.length === 0) continue;
        if (subject === null) throw new Error(`no ${language} was opened for an assertion`);
        const calls = own.map(
          ({ job }): GradeCall => ({
            example: exampleOf(job.script),
            answer: job.output,
            opponent: null,
            order: 'both',
          }),
        );
        const graded = await subject.grade(calls, signal);
        for (const [at, { index }] of own.entries()) results.set(index, resultOf(graded[at]));
      }
      return jobs.map((_job, index) => {
        const result = results.get(index);
        if (result === undefined) throw new Error('an assertion was left without an answer');
        return result;
      });
    },
    [Symbol.asyncDispose]: async () => {
      await subjects.javascript?.[Symbol.asyncDispose]();
      await subjects.python?.[Symbol.asyncDispose]();
    },
  };
};
