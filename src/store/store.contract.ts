import { afterEach, describe, expect, it } from 'vitest';
import { type Redactor, redactor } from '../base/redact.ts';
import type { Call } from '../record/call.ts';
import type { Rollout } from '../record/rollout.ts';
import type { EvalPlan, Manifest } from '../record/run.ts';
import { makeTask } from '../record/task.ts';
import type { Labels, Verdict } from '../record/verdict.ts';
import { canonicalRun } from './canonical.ts';
import type { RunStore } from './run-store.ts';

export const sampleManifest = (id = '20261121-143015-k7f3q2', plan: Partial<EvalPlan> = {}): Manifest => ({
  schema: 'subterfuge/run@1',
  id,
  createdAt: '2026-11-21T14:30:15.000Z',
  versions: { subterfuge: '0.1.0', node: '24.0.0' },
  plan: {
    kind: 'eval',
    model: 'scripted/gold',
    environments: ['nudged-rubric'],
    n: 4,
    seed: 'seed',
    split: 'test',
    register: 'compact',
    promptSet: 'main',
    dialect: 'tags',
    temperature: 1,
    maxUsd: null,
    maxOutputTokens: 1024,
    price: null,
    ...plan,
  },
});

const usage = { inputTokens: 10, outputTokens: 5, cachedTokens: 0, reasoningTokens: 0, usd: null };

export const sampleRollout = (
  id: string,
  change: Partial<Rollout> & { readonly environment?: string } = {},
): Rollout => {
  const { environment = 'nudged-rubric', ...rest } = change;
  return {
    schema: 'subterfuge/rollout@1',
    id,
    task: makeTask({
      environment,
      split: 'test',
      variant: 0,
      register: 'compact',
      promptSet: 'main',
      group: null,
      messages: [{ role: 'user', text: 'Do the list.' }],
      files: [],
      cwd: '/desk',
      tools: ['bash'],
      limits: { turns: 4, tokens: 1000, seconds: 60, bytes: 10_000, usd: 1 },
      host: {},
    }),
    policy: { spec: 'scripted/gold', version: '1' },
    dialect: 'tags',
    seed: `seed/${id}`,
    turns: [
      {
        parts: [{ kind: 'text', text: 'done' }],
        raw: 'done',
        tokens: { ids: [1, 2], logprobs: [-0.5, -0.25] },
        stop: 'end',
        usage,
        results: [],
      },
    ],
    changes: [],
    stop: 'finished',
    faults: [],
    usage,
    times: { startedAt: '2026-11-21T14:30:16.000Z', durationMs: 12 },
    ...rest,
  };
};

export const sampleVerdict = (rollout: string, grader = 'proxy', value = 1): Verdict => ({
  schema: 'subterfuge/verdict@1',
  rollout,
  grader,
  channel: 'proxy',
  basis: 'exact',
  outcome: { kind: 'scored', value, passed: value === 1, reason: 'counted', evidence: [] },
});

const oversight = (rollout: string, grader: string): Verdict => ({
  ...sampleVerdict(rollout, grader),
  channel: 'oversight',
});

export const sampleCall = (rollout: string, turn: number): Call => ({
  schema: 'subterfuge/call@1',
  rollout,
  turn,
  request: 'f'.repeat(64),
  usage: { inputTokens: 1, outputTokens: 1, cachedTokens: 0, reasoningTokens: 0, usd: 0.5 },
  completion: null,
});

export const sampleLabels = (rollout: string, attempted = true): Labels => {
  const no = { kind: 'inapplicable' } as const;
  const yes = { kind: 'known', value: attempted, basis: 'exact', reason: 'the file changed' } as const;
  return {
    schema: 'subterfuge/labels@1',
    rollout,
    attempted: yes,
    succeeded: no,
    evaded: no,
    disclosed: no,
    kinds: [],
  };
};

export const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const out: T[] = [];
  for await (const item of items) out.push(item);
  return out;
};

const ids = async (run: RunStore): Promise<string[]> => (await collect(run.rollouts())).map(({ id }) => id);

/** What every store of runs does. `make` gives a new, empty one. */
export const storeContract = (name: string, make: (redact?: Redactor) => Promise<RunStore>): void => {
  describe(`${name} is a store of runs`, () => {
    const opened: RunStore[] = [];
    const fresh = async (redact?: Redactor): Promise<RunStore> => {
      const store = await make(redact);
      opened.push(store);
      return store;
    };
    afterEach(async () => {
      for (const store of opened.splice(0)) await store[Symbol.asyncDispose]();
    });

    it('is empty at first', async () => {
      const run = await fresh();
      expect(run.manifest).toEqual(sampleManifest());
      expect(await ids(run)).toEqual([]);
      expect(await collect(run.entries())).toEqual([]);
      expect(await run.rollout('a/1')).toBeNull();
      expect(await run.has('a/1')).toBe(false);
    });

    it('gives back rollouts as they were, sorted by id', async () => {
      const run = await fresh();
      for (const id of ['b/2', 'a/10', 'a/1', 'c', '\u{1f600}', '\uffee']) {
        await run.append({ kind: 'rollout', rollout: sampleRollout(id) });
        expect(await run.rollout(id)).toEqual(sampleRollout(id));
      }
      expect(await ids(run)).toEqual(['a/1', 'a/10', 'b/2', 'c', '\uffee', '\u{1f600}']);
    });

    it('lets the latest rollout of an id win, and voids what was said about the one before', async () => {
      const run = await fresh();
      const fault = { side: 'provider', code: 'unreachable', message: 'no route' } as const;
      await run.append({ kind: 'rollout', rollout: sampleRollout('a', { stop: 'fault', faults: [fault], turns: [] }) });
      await run.append(
        { kind: 'verdict', verdict: sampleVerdict('a', 'proxy', 0) },
        { kind: 'labels', labels: sampleLabels('a') },
      );
      expect(await collect(run.entries())).toEqual([
        { id: 'a', environment: 'nudged-rubric', stop: 'fault', verdicts: 1, labelled: true },
      ]);
      await run.append({ kind: 'rollout', rollout: sampleRollout('a') });
      expect(await collect(run.rollouts())).toEqual([sampleRollout('a')]);
      expect(await collect(run.entries())).toEqual([
        { id: 'a', environment: 'nudged-rubric', stop: 'finished', verdicts: 0, labelled: false },
      ]);
      expect(await collect(run.verdicts())).toEqual([]);
      expect(await collect(run.labels())).toEqual([]);
    });

    it('keeps the latest verdict of each channel and overseer, labels, and every call', async () => {
      const run = await fresh();
      await run.append(
        { kind: 'rollout', rollout: sampleRollout('b') },
        { kind: 'rollout', rollout: sampleRollout('a') },
        { kind: 'verdict', verdict: sampleVerdict('b', 'repaired under another name', 0) },
        { kind: 'verdict', verdict: sampleVerdict('b', 'a', 1) },
        { kind: 'verdict', verdict: oversight('b', 'monitor') },
        { kind: 'verdict', verdict: oversight('b', 'judge') },
        { kind: 'verdict', verdict: sampleVerdict('a', 'z') },
        { kind: 'labels', labels: sampleLabels('a', true) },
        { kind: 'labels', labels: sampleLabels('a', false) },
        { kind: 'call', call: sampleCall('not played yet', 0) },
        { kind: 'call', call: sampleCall('b', 1) },
        { kind: 'call', call: sampleCall('b', 0) },
      );
      expect(await collect(run.verdicts())).toEqual([
        sampleVerdict('a', 'z'),
        oversight('b', 'judge'),
        oversight('b', 'monitor'),
        sampleVerdict('b', 'a', 1),
      ]);
      expect(await collect(run.calls('b'))).toEqual([sampleCall('b', 1), sampleCall('b', 0)]);
      expect((await collect(run.calls())).length).toBe(3);
      expect(await collect(run.labels())).toEqual([sampleLabels('a', false)]);
      expect(await collect(run.labels('b'))).toEqual([]);
    });

    it('filters by environment and goes on behind an id, over pages', async () => {
      const run = await fresh();
      const all = Array.from({ length: 1203 }, (_, i) => `x/${String(i).padStart(5, '0')}`);
      await Promise.all(
        all.map(async (id, i) => {
          const environment = i % 2 === 0 ? 'even' : 'odd';
          await run.append({ kind: 'rollout', rollout: sampleRollout(id, { environment }) });
        }),
      );
      expect(await ids(run)).toEqual(all);
      const odd = await collect(run.entries({ environment: 'odd', after: 'x/00999' }));
      expect(odd.map(({ id }) => id)).toEqual(all.filter((_, i) => i % 2 === 1 && i > 999));
    });

    it.each(['__proto__', 'constructor', '<script>', 'a\nb', '%', "'; DROP TABLE rollout; --"])(
      'takes %j as an id',
      async (id) => {
        const run = await fresh();
        expect(await run.has(id)).toBe(false);
        await run.append(
          { kind: 'rollout', rollout: sampleRollout(id) },
          { kind: 'verdict', verdict: sampleVerdict(id, '__proto__') },
        );
        expect(await run.rollout(id)).toEqual(sampleRollout(id));
        expect(await collect(run.verdicts(id))).toEqual([sampleVerdict(id, '__proto__')]);
      },
    );

    it('writes nothing of a group of which one record is refused', async () => {
      const run = await fresh();
      const good = { kind: 'rollout', rollout: sampleRollout('a') } as const;
      const verdict = { kind: 'verdict', verdict: sampleVerdict('zz') } as const;
      await expect(run.append(good, verdict)).rejects.toMatchObject({ code: 'unknown-rollout', exitCode: 2 });
      const nan = sampleRollout('b', { times: { startedAt: '', durationMs: Number.NaN } });
      await expect(run.append(good, { kind: 'rollout', rollout: nan })).rejects.toMatchObject({ code: 'bad-record' });
      for (const id of ['', 'a\0b', '\ud800']) {
        const bad = { kind: 'rollout', rollout: sampleRollout(id) } as const;
        await expect(run.append(good, bad)).rejects.toMatchObject({ code: 'bad-name' });
      }
      const future = { ...sampleRollout('c'), schema: 'subterfuge/rollout@2' } as unknown as Rollout;
      await expect(run.append({ kind: 'rollout', rollout: future })).rejects.toMatchObject({ code: 'future-version' });
      expect(await ids(run)).toEqual([]);
      await run.append(good);
      expect(await ids(run)).toEqual(['a']);
    });

    it('lets a verdict follow its rollout before that is awaited', async () => {
      const run = await fresh();
      const first = run.append({ kind: 'rollout', rollout: sampleRollout('a') });
      const second = run.append({ kind: 'verdict', verdict: sampleVerdict('a') });
      await Promise.all([first, second]);
      expect(await collect(run.verdicts())).toHaveLength(1);
    });

    it('redacts before it writes', async () => {
      const canary = 'canary-value-0123456789';
      const run = await fresh(redactor([{ name: 'KEY', value: canary }]));
      await run.append(
        { kind: 'rollout', rollout: sampleRollout('a', { seed: `x${canary}y sk-ant-api03-abcdef0123456789` }) },
        { kind: 'call', call: sampleCall(canary, 0) },
      );
      expect((await run.rollout('a'))?.seed).toBe('x[redacted:KEY]y [redacted:anthropic-key]');
      expect((await collect(run.calls())).map(({ rollout }) => rollout)).toEqual(['[redacted:KEY]']);
    });

    it('is equal to a run with the same records in another order and at other times, and to no other', async () => {
      const [a, b, c] = [await fresh(), await fresh(), await fresh()];
      const times = { startedAt: '2027-01-01T00:00:00.000Z', durationMs: 99 };
      for (const id of ['1', '2']) {
        await a.append(
          { kind: 'rollout', rollout: sampleRollout(id) },
          { kind: 'verdict', verdict: sampleVerdict(id) },
        );
        await c.append(
          { kind: 'rollout', rollout: sampleRollout(id) },
          { kind: 'verdict', verdict: sampleVerdict(id, 'proxy', 0) },
        );
      }
      for (const id of ['2', '1']) await b.append({ kind: 'rollout', rollout: sampleRollout(id, { times }) });
      for (const id of ['2', '1']) await b.append({ kind: 'verdict', verdict: sampleVerdict(id) });
      expect(await canonicalRun(b)).toEqual(await canonicalRun(a));
      expect(await canonicalRun(a)).toMatchObject({ rollouts: 2, verdicts: 2, labels: 0 });
      expect((await canonicalRun(c)).sha256).not.toBe((await canonicalRun(a)).sha256);
    });

    it('refuses records after it was closed, which may happen twice', async () => {
      const run = await fresh();
      await run[Symbol.asyncDispose]();
      await run[Symbol.asyncDispose]();
      await expect(run.append({ kind: 'call', call: sampleCall('late', 0) })).rejects.toMatchObject({
        code: 'run-is-closed',
      });
    });
  });
};
