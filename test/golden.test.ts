/** Records that were written by earlier versions must stay readable, and today's graders must still agree with them. */
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findEnvironment } from '../src/env/registry.ts';
import { evaluationOf } from '../src/evaluate/evaluation-of.ts';
import { gradeRollouts } from '../src/evaluate/grade.ts';
import { regrade } from '../src/evaluate/regrade.ts';
import { callRecord } from '../src/record/call.ts';
import { evaluationRecord } from '../src/record/evaluation.ts';
import { type Rollout, rolloutRecord } from '../src/record/rollout.ts';
import { manifestRecord } from '../src/record/run.ts';
import { taskRecord } from '../src/record/task.ts';
import { type Labels, labelsRecord, type Verdict, verdictRecord } from '../src/record/verdict.ts';
import { versioned } from '../src/record/version.ts';
import { wasmPython } from '../src/sandbox/wasm-python.ts';
import { readRun } from '../src/store/run-directory.ts';

interface Golden {
  readonly rollout: Rollout;
  readonly proxy: Verdict;
  readonly intent: Verdict;
  readonly labels: Labels;
}

const folder = new URL('./golden/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
const python = wasmPython();
afterAll(async () => {
  await python[Symbol.asyncDispose]();
});

const linesOf = (name: string): unknown[] =>
  readFileSync(new URL(name, folder), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

const goldenSchema = z.object({ rollout: z.unknown(), proxy: z.unknown(), intent: z.unknown(), labels: z.unknown() });

const goldenOf = (name: string): Golden[] =>
  linesOf(name).map((line) => {
    const { rollout, proxy, intent, labels } = goldenSchema.parse(line);
    return {
      rollout: rolloutRecord.read(rollout),
      proxy: verdictRecord.read(proxy) as Verdict,
      intent: verdictRecord.read(intent) as Verdict,
      labels: labelsRecord.read(labels),
    };
  });

test('there is a golden file of every version of a rollout', () => {
  expect(files).toEqual(Array.from({ length: rolloutRecord.current }, (_, index) => `v${index + 1}.jsonl`));
});

describe.each(files)('%s', (name) => {
  test('is readable, whole', () => {
    const golden = goldenOf(name);
    expect(golden.length).toBeGreaterThan(0);
    for (const { rollout } of golden) expect(taskRecord.read(rollout.task)).toEqual(rollout.task);
  });

  test("today's graders and labels agree with the recorded ones", async () => {
    const golden = goldenOf(name);
    const groupOf = ({ rollout }: Golden): string =>
      `${rollout.policy.spec} ${rollout.task.group?.id ?? rollout.task.id}`;
    for (const group of Map.groupBy(golden, groupOf).values()) {
      const environment = findEnvironment(group[0]?.rollout.task.environment ?? '');
      const graded = await gradeRollouts(
        environment,
        group.map(({ rollout }) => rollout),
        { python },
      );
      expect(graded).toEqual(group);
    }
  });
});

describe('versions', () => {
  const two = versioned('thing', z.strictObject({ schema: z.literal('subterfuge/thing@2'), size: z.number() }), [
    ({ width, ...rest }) => ({ ...rest, schema: 'subterfuge/thing@2', size: width }),
  ]);

  test('an old record is lifted step by step', () => {
    expect(two.read({ schema: 'subterfuge/thing@1', width: 3 })).toEqual({ schema: 'subterfuge/thing@2', size: 3 });
    expect(two.read({ schema: 'subterfuge/thing@2', size: 3 })).toEqual({ schema: 'subterfuge/thing@2', size: 3 });
  });

  test.each([
    [
      'a newer version',
      { schema: 'subterfuge/thing@3', size: 3 },
      /newer Subterfuge.*thing@3.*thing@1 to subterfuge\/thing@2/s,
    ],
    ['another kind', { schema: 'subterfuge/rollout@1' }, /not a thing record/],
    ['no record at all', 7, /no schema field/],
    ['a damaged one', { schema: 'subterfuge/thing@2', size: 'x' }, /damaged.*size/s],
  ])('%s is refused, and said so', (_name, raw, said) => {
    expect(() => two.read(raw)).toThrow(said);
  });

  test('records that were never of another version have golden ones of version 1 only', () => {
    const kinds = [
      rolloutRecord,
      taskRecord,
      verdictRecord,
      labelsRecord,
      manifestRecord,
      callRecord,
      evaluationRecord,
    ];
    expect(kinds.map(({ kind, current }) => [kind, current])).toEqual(kinds.map(({ kind }) => [kind, 1]));
  });
});

test('a run directory of version 1 is read, counted and graded as it was', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'subterfuge-golden-'));
  await cp(new URL('run-v1/', folder), dir, { recursive: true });
  await using run = await readRun(dir);
  const environments = run.manifest.plan.environments.map(findEnvironment);
  const { environments: counted } = await evaluationOf(run, environments);
  expect(counted.map(({ name, gaming }) => [name, gaming.count, gaming.n])).toEqual([
    ['nudged-rubric', 4, 4],
    ['political-sycophancy', 4, 4],
  ]);
  for await (const { differences } of regrade(run, environments, { python })) expect(differences).toEqual([]);
  await rm(dir, { recursive: true });
});
