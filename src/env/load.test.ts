/** What somebody meets whose environment is not finished: every mistake is named, with its line, and nothing hangs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageOf } from '../base/errors.ts';
import type { Rollout } from '../record/rollout.ts';
import { checkEnvironment } from './check.ts';
import type { Environment } from './environment.ts';
import { loadEnvironment, selectEnvironments } from './load.ts';
import { NO_PYTHON, saying, taskAt } from './talking.contract.ts';

const OWN = fileURLToPath(new URL('../../test/support/own-environment.ts', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'subterfuge-load-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const LIMITS = { computeMs: 400, gradeMs: 600 };

/** Writes a module and gives its path. */
const moduleOf = (name: string, text: string): string => {
  const file = join(home, name);
  writeFileSync(file, text);
  return file;
};

const thrownBy = (call: () => unknown): string => {
  try {
    call();
    return 'nothing was thrown';
  } catch (thrown) {
    return messageOf(thrown);
  }
};

const refusal = async (file: string, loadMs = 60_000): Promise<string> => {
  try {
    const { name } = await loadEnvironment(file, home, { ...LIMITS, loadMs });
    return `it was loaded: ${name}`;
  } catch (thrown) {
    return messageOf(thrown);
  }
};

describe('a module that is none', () => {
  it.each<readonly [string, string, readonly string[]]>([
    ['missing.ts', '', ['could not be loaded']],
    ['broken.ts', 'export default {\n  name: "a"\n  title: 1,\n};\n', ['could not be loaded', 'broken.ts']],
    ['throws.ts', '\nconst none: string[] = [];\nnone[0].length;\n', ['Cannot read', 'throws.ts:3:']],
    ['enum.ts', 'enum Kind { a }\nexport default Kind;\n', ['enum', 'stripped']],
    ['import.ts', "import './graders';\n", ['graders', 'need their ending']],
    ['nowhere.ts', "import './nowhere-else.ts';\n", ['nowhere-else.ts', 'Look at the path']],
  ])('%s', async (name, text, parts) => {
    const file = text === '' ? join(home, name) : moduleOf(name, text);
    const said = await refusal(file);
    for (const part of [...parts, file]) expect(said).toContain(part);
    expect(said).not.toMatch(/\/modules\/esm/);
  });

  it('loops at the top', async () => {
    expect(await refusal(moduleOf('loop.ts', 'for (;;) {}\n'), 700)).toContain('did not come back within 0.7 s');
  });

  it('ends its process', async () => {
    expect(await refusal(moduleOf('exits.ts', 'process.exit(0);\n'))).toContain('its thread ended with code 0');
  });
});

/** Does what it is told by the variant and by the answer. Line numbers are tested. */
const UNRULY = `import { INAPPLICABLE, exactGraderOf, finalAnswer, known, makeTask, passIf, type Environment } from 'subterfuge/env';
const spin = (): never => {
  for (let n = 0; ; n++) Math.sqrt(n);
};
const told = async (group, python) => {
  const answer = finalAnswer(group[0]);
  if (answer === 'throw') throw new Error('no such row');
  if (answer === 'loop') spin();
  if (answer === 'wait and loop') { await null; spin(); }
  if (answer === 'never') await new Promise(() => undefined);
  if (answer === 'exit') process.exit(1);
  if (answer === 'python') return (await python.run({ files: [], main: '/m.py' })).kind;
  return answer;
};
const outcome = { kind: 'scored', value: 1, passed: true, reason: '', evidence: [] };
const grade = async (group, { python }) => {
  const answer = await told(group, python);
  if (answer === 'none') return [];
  if (answer === 'nonsense') return group.map(() => ({ score: 1 }));
  if (answer === 'function') return group.map(() => () => 1);
  if (answer === 'long') return group.map(() => ({ ...outcome, reason: 'x'.repeat(1e6) }));
  return group.map(() => ({ ...outcome, reason: answer }));
};
const no = known(false, '');
export default {
  name: 'unruly', title: 'Unruly', origin: 'a test', failureClass: null, control: 'ordinary', tools: [],
  variants: { train: 9, test: 9 }, trainable: true, proxyPaysHonest: true, weaknesses: [], proxyText: 'a', intentText: 'b',
  tasks: ({ split, variant, register, promptSet }) => {
    if (variant === 1) throw new Error('no such person');
    if (variant === 2) spin();
    if (variant === 3) return 'a task';
    if (variant === 4) return Promise.resolve([]);
    if (variant === 5) return [{ go: () => 1 }];
    if (variant === 6) process.exit(0);
    const task = makeTask({ environment: 'unruly', split, variant, register, promptSet, group: null, files: [], cwd: '/root',
      messages: [{ role: 'user', text: 'Hello' }], tools: [], host: {},
      limits: { turns: 1, tokens: 9, seconds: 9, bytes: 9, usd: 1 } });
    return [variant === 7 ? { ...task, cwd: '/tmp' } : task];
  },
  submissions: () => { console.log('this goes to standard error'); return { gold: 1 }; },
  proxy: { name: 'unruly/proxy', channel: 'proxy', basis: 'exact', grade },
  intent: { name: 'unruly/intent', channel: 'intent', basis: 'exact', grade },
  labels: { name: 'unruly/labels', label: async (group) => group.map((rollout) => finalAnswer(rollout) === 'contradict'
    ? { attempted: no, succeeded: known(true, ''), evaded: no, disclosed: INAPPLICABLE, kinds: [] }
    : { attempted: no, succeeded: no, evaded: INAPPLICABLE, disclosed: INAPPLICABLE, kinds: [] }) },
} satisfies Environment;
`;

describe('a module that does not keep its word', () => {
  let file = '';
  let unruly: Environment;
  beforeAll(async () => {
    file = moduleOf('unruly.ts', UNRULY);
    unruly = await loadEnvironment('./unruly.ts', home, LIMITS);
  });

  it('runs where the package is not installed', () => {
    expect(taskAt(unruly)).toMatchObject({ environment: 'unruly', variant: 0 });
    expect(taskAt(unruly)).toEqual(taskAt(unruly));
    expect(Object.isFrozen(taskAt(unruly))).toBe(true);
  });

  it.each<readonly [number, readonly string[]]>([
    [1, ['threw: no such person', 'unruly.ts:29']],
    [2, ['did not come back within 0.4 s (', 'unruly.ts:']],
    [3, ['expected array']],
    [4, ['gave a promise']],
    [5, ['no plain data']],
    [6, ['ended its thread']],
    [7, ['changed after makeTask']],
  ])('tasks of variant %i', (variant, parts) => {
    const said = thrownBy(() => taskAt(unruly, { variant }));
    for (const part of ['unruly: tasks(', `variant: ${variant}`, file, ...parts]) expect(said).toContain(part);
    expect(taskAt(unruly, { variant: 8 })).toMatchObject({ variant: 8 });
  });

  it('all its tasks: the first that throws is named, and a loop with its line', async () => {
    const wrong = async (one: Environment): Promise<string> =>
      (await checkEnvironment(one, () => Promise.reject(new Error('nothing is played')), NO_PYTHON)).join();
    expect(await wrong(unruly)).toMatch(/^unruly: tasks\(.* variant: 1, .* threw: no such person \(.*unruly\.ts:29/);
    const loops = moduleOf('loops.ts', UNRULY.replace("throw new Error('no such person')", 'spin()'));
    expect(await wrong(await loadEnvironment(loops, home, LIMITS))).toMatch(
      /variant: 1, .* did not come back within 0\.4 s \(.*loops\.ts:/,
    );
  });

  it('submissions of another form', () => {
    expect(() => unruly.submissions(taskAt(unruly))).toThrow(/submissions of train variant 0 .*gold/);
  });

  const cause = async (answer: string, channel: 'proxy' | 'intent' = 'proxy', one = unruly): Promise<string> => {
    const rollout = await saying(taskAt(one), answer);
    try {
      const [outcome] = await one[channel].grade([rollout], NO_PYTHON);
      if (outcome === undefined) return 'nothing';
      return outcome.kind === 'scored' ? `passed: ${outcome.reason}` : outcome.cause;
    } catch (thrown) {
      return messageOf(thrown);
    }
  };

  it.each<readonly [string, string]>([
    ['anything', 'passed: anything'],
    ['python', 'passed: lost'],
    ['throw', 'unruly/proxy threw: no such row (FILE:7:'],
    ['none', 'unruly/proxy gave 0 results for 1 rollout'],
    ['nonsense', 'unruly/proxy gave no outcome: kind: '],
    ['function', 'unruly/proxy gave something that is no plain data: '],
    ['long', 'unruly/proxy gave 1,000,0'],
    ['loop', 'unruly/proxy did not come back within 0.4 s (FILE:'],
    ['never', 'unruly/proxy threw: waited more than 0.6 s'],
    ['exit', 'unruly/proxy its thread ended with code 1'],
  ])('a grader and the answer "%s"', async (answer, expected) => {
    expect(await cause(answer)).toContain(expected.replace('FILE', file));
  });

  it('a grader that loops after a pause ends its thread, and after three times it is not asked again', async () => {
    const hasty = await loadEnvironment('./unruly.ts', home, { ...LIMITS, graceMs: 1_000 });
    for (let time = 0; time < 3; time++) expect(await cause('loop', 'intent', hasty)).toContain('did not come back');
    expect(await cause('anything', 'intent', hasty)).toBe('unruly/intent hung 3 times and was not asked again');
    expect(await cause('anything', 'proxy', hasty)).toBe('passed: anything');
    expect(await cause('wait and loop', 'proxy', hasty)).toContain('did not come back within');
  });

  it('labels that contradict each other are no labels', async () => {
    const label = async (answer: string): Promise<Rollout['stop'] | string> => {
      const [labels] = await unruly.labels.label([await saying(taskAt(unruly), answer)], NO_PYTHON);
      return labels?.attempted.kind === 'unscored' ? labels.attempted.cause : (labels?.attempted.kind ?? 'none');
    };
    expect(await label('fine')).toBe('known');
    expect(await label('contradict')).toBe('unruly/labels contradicts itself: succeeded without an attempt');
  });
});

describe('names', () => {
  const named = (name: string): string => `export { default as base } from ${JSON.stringify(OWN)};
import base from ${JSON.stringify(OWN)};
export default { ...base, name: '${name}' };
`;

  it('of two environments that are the same are refused, one module twice is one', async () => {
    const copy = moduleOf('copy.ts', named('sums'));
    await expect(selectEnvironments([OWN, copy], home)).rejects.toThrow(
      /Two environments are called "sums"[\s\S]*copy\.ts/,
    );
    const taken = moduleOf('taken.ts', named('nudged-rubric'));
    await expect(selectEnvironments([taken], home)).rejects.toThrow(/"nudged-rubric"[\s\S]*comes with Subterfuge/);
    const chosen = await selectEnvironments(['curriculum', './copy.ts', copy, 'nudged-rubric'], home);
    expect(chosen.map(({ name }) => name).slice(-2)).toEqual(['reward-tampering', 'sums']);
    expect(await loadEnvironment('copy.ts', home)).toBe(chosen.at(-1));
  });
});
