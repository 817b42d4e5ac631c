import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemClock } from '../../../base/clock.ts';
import { rng } from '../../../base/rng.ts';
import type { Answer } from '../../answer.ts';
import type { Example, ExampleSet, ExampleTask } from '../../example.ts';
import type { SubjectSources } from '../../open-subject.ts';
import { type Behaviour, textExample } from '../../subject.contract.ts';
import { DEFAULT_SUBJECT_OPTIONS, type GradeCall, type Subject, type SubjectOptions } from '../../subject.ts';
import { FOREIGN_OPENERS } from './index.ts';

/** A folder with files, gone at the end. Others may read it, as a project of somebody who is not root. */
export interface Folder extends Disposable {
  readonly path: string;
}

export const folderWith = (files: Readonly<Record<string, string>>): Folder => {
  const path = mkdtempSync(join(tmpdir(), 'foreign-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text, { mode: 0o755 });
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

export const callOf = (
  answer: Answer,
  example: Example = textExample('e1'),
  more: Partial<GradeCall> = {},
): GradeCall => ({
  example,
  answer,
  opponent: null,
  order: 'both',
  ...more,
});

export interface Opening {
  readonly cwd: string;
  readonly options?: Partial<SubjectOptions>;
  readonly examples?: readonly Example[];
  readonly task?: ExampleTask;
  readonly keys?: SubjectSources['keys'];
  readonly workers?: number;
}

/** Trusts unless told otherwise: what bubblewrap is needed for is tested in test/host. */
export const openForeign = async (spec: string, opening: Opening): Promise<Subject> => {
  const {
    cwd,
    options = {},
    examples = /^(?:node|pytest):/.test(spec) ? [] : [textExample('e1')],
    task = 'text',
    keys = {},
    workers = 1,
  } = opening;
  const opener = FOREIGN_OPENERS.find(({ claims }) => claims(spec));
  if (opener === undefined) throw new Error(`nobody opens ${spec}`);
  return await opener.open(spec, { ...DEFAULT_SUBJECT_OPTIONS, trust: true, ...options }, setOf(examples, task), {
    cwd,
    openModel: () => Promise.reject(new Error('no model here')),
    keys,
    clock: systemClock,
    dice: rng('foreign'),
    workers,
    onWarning: () => undefined,
  });
};

/** What a Python grader of that kind does where the answer contains `!!`. */
const MISDEEDS: Readonly<Record<Exclude<Behaviour, 'length' | 'reference'>, string>> = {
  throws: 'raise ValueError("on purpose")',
  hangs: 'while True: pass',
  nan: 'return float("nan")',
  infinite: 'return float("inf")',
  text: 'return "0.9"',
  nothing: 'return None',
  'out-of-range': 'return 1.5',
  exits: 'os._exit(3)',
  floods: 'print("x" * 1000 * 100)',
  nondeterministic: 'ASKED.append(1); return len(ASKED) % 10 / 10',
  writes: `
        for path in ("escaped.txt", os.path.expanduser("~/subterfuge-escaped.txt"), FORBIDDEN + "/escaped.txt"):
            for write in (lambda p: open(p, "w").write("x"), lambda p: subprocess.run(["touch", p], check=False, stderr=subprocess.DEVNULL)):
                try: write(path)
                except OSError: pass`,
};

/** `score(answer, reference)` in Python with one of the contract's behaviours. */
export const pythonGrader = (behaviour: Behaviour, forbidden: string): string => {
  const head = `import os, subprocess\nFORBIDDEN = ${JSON.stringify(forbidden)}\nASKED = []\n\ndef score(answer, reference):\n`;
  if (behaviour === 'reference') return `${head}    return float(answer == reference)\n`;
  const misdeed = behaviour === 'length' ? '' : `    if "!!" in answer:\n        ${MISDEEDS[behaviour]}\n`;
  return `${head}${misdeed}    return min(1, len(answer) / 10)\n`;
};

/** The same grader as a command that reads and writes JSON lines; it flushes each, or keeps all to the end as most programs do. */
export const commandGrader = (behaviour: Behaviour, forbidden: string, flush: boolean): string =>
  `${pythonGrader(behaviour, forbidden)}
import json, sys
for line in sys.stdin:
    call = json.loads(line)
    print(json.dumps({"id": call["id"], "score": score(call["answer"], call["reference"])}), flush=${flush ? 'True' : 'False'})
`;
