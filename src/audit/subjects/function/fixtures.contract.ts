import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { manualClock } from '../../../base/clock.ts';
import { rng } from '../../../base/rng.ts';
import type { Example, ExampleSet, ExampleTask } from '../../example.ts';
import type { SubjectSources } from '../../open-subject.ts';
import { textExample } from '../../subject.contract.ts';
import type { Subject, SubjectOptions } from '../../subject.ts';
import { DEFAULT_SUBJECT_OPTIONS } from '../../subject.ts';
import { FUNCTION_OPENERS } from './index.ts';

/** A folder with files, gone at the end. */
export interface Folder extends Disposable {
  readonly path: string;
}

export const folderWith = (files: Readonly<Record<string, string>>): Folder => {
  const path = mkdtempSync(join(tmpdir(), 'grader-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
};

export const setOf = (examples: readonly Example[], task: ExampleTask = 'text'): ExampleSet => ({
  task,
  examples,
  items: examples.length,
  hash: '',
  source: 'inline',
  whole: null,
});

export const sourcesIn = (cwd: string, warnings: string[] = [], workers = 1): SubjectSources => ({
  cwd,
  openModel: () => Promise.reject(new Error('no model here')),
  keys: {},
  clock: manualClock(),
  dice: rng('function'),
  workers,
  onWarning: (message) => warnings.push(message),
});

export interface Opening {
  readonly cwd: string;
  readonly options?: Partial<SubjectOptions>;
  readonly examples?: readonly Example[];
  readonly task?: ExampleTask;
  readonly warnings?: string[];
  readonly workers?: number;
}

export const openFunction = async (spec: string, opening: Opening): Promise<Subject> => {
  const opener = FUNCTION_OPENERS.find(({ claims }) => claims(spec));
  if (opener === undefined) throw new Error(`nobody opens ${spec}`);
  const { cwd, options = {}, examples = [textExample('e1')], task = 'text', warnings, workers } = opening;
  return await opener.open(
    spec,
    { ...DEFAULT_SUBJECT_OPTIONS, ...options },
    setOf(examples, task),
    sourcesIn(cwd, warnings, workers),
  );
};
