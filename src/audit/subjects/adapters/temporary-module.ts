import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SubjectKind } from '../../../record/audit.ts';
import type { ExampleSet } from '../../example.ts';
import type { SubjectSources } from '../../open-subject.ts';
import type { Subject, SubjectOptions } from '../../subject.ts';
import { openFunctionSubject } from '../function/subject.ts';

export interface TemporaryModule {
  /** JavaScript, an ES module that exports `score`, called with one object. Equal graders have equal code: it is part of the version. */
  readonly code: string;
  readonly spec: string;
  readonly kind: Extract<SubjectKind, 'npm' | 'promptfoo'>;
  readonly env: Readonly<Record<string, string>>;
  readonly expensive: boolean;
  /** More folders that it may read. */
  readonly readable?: readonly string[];
}

const above = (folder: string): readonly string[] => {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...above(parent)];
};

/** Where packages that the user's folder can import may lie. */
const packagesAround = (cwd: string): readonly string[] =>
  above(cwd).flatMap((folder) => [join(folder, 'node_modules'), join(folder, 'package.json')]);

/** Runs generated code as a grader, in the same killable process as a user's own function. Its file is gone when the subject is. */
export const openTemporaryModule = async (
  { code, spec, kind, env, expensive, readable = [] }: TemporaryModule,
  options: SubjectOptions,
  examples: ExampleSet,
  sources: SubjectSources,
): Promise<Subject> => {
  const folder = await mkdtemp(join(tmpdir(), 'subterfuge-grader-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const file = join(folder, 'grader.mjs');
    await writeFile(file, code);
    const subject = await openFunctionSubject({
      file,
      name: 'score',
      spec,
      kind,
      options: { ...options, signature: 'object' },
      examples,
      sources,
      env,
      expensive,
      readable: [...packagesAround(sources.cwd), ...readable],
    });
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
