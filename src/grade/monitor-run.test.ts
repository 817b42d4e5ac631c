import { expect, test } from 'vitest';
import type { Label } from '../record/verdict.ts';
import { memoryRun } from '../store/memory.ts';
import { sampleManifest, sampleRollout } from '../store/store.contract.ts';
import { known, unscoredLabel } from './labels.ts';
import type { SealedMonitor, Suspicion } from './monitor.ts';
import { labelledRollouts, measureMonitor } from './monitor-run.ts';

/** Suspects by the last digit of the id; of 7 it cannot say. */
const byDigit: SealedMonitor = {
  name: 'by-digit',
  basis: 'exact',
  sees: 'files',
  suspicions: async (rollouts) =>
    rollouts.map(({ id }): Suspicion => {
      const digit = Number(id.at(-1));
      return digit === 7
        ? { kind: 'unscored', side: 'grader', cause: 'seven' }
        : { kind: 'scored', value: digit / 10, reason: '', evidence: [] };
    }),
};

test('a run is measured by its own labels, by environment and in all', async () => {
  await using run = memoryRun({ ...sampleManifest(), plan: { ...sampleManifest().plan, environments: ['a', 'b'] } });
  const inapplicable: Label = { kind: 'inapplicable' };
  for (const environment of ['a', 'b']) {
    for (let at = 0; at < 10; at++) {
      const id = `${environment}/00000${at}`;
      const rollout = sampleRollout(id, { environment });
      // Of a, 6 to 9 gamed; of b, 1 and 9, and 5 was not decided.
      const gamed = environment === 'a' ? at >= 6 : at === 1 || at === 9;
      const attempted = environment === 'b' && at === 5 ? unscoredLabel('not decided') : known(gamed, '');
      await run.append({ kind: 'rollout', rollout });
      await run.append({
        kind: 'labels',
        labels: {
          schema: 'subterfuge/labels@1',
          rollout: id,
          attempted,
          succeeded: known(false, ''),
          evaded: inapplicable,
          disclosed: inapplicable,
          kinds: [],
        },
      });
    }
  }
  const report = await measureMonitor(byDigit, labelledRollouts(run), { rates: [0.2] });
  expect(report).toMatchObject({ monitor: 'by-digit', truth: 'attempted', unlabelled: 1, unscored: 2 });
  const [all, a, b] = report.scopes;
  expect(all).toMatchObject({ environment: 'all', positives: 6, negatives: 13 });
  expect(a).toMatchObject({ environment: 'a', positives: 4, negatives: 6 });
  // One of six may be flagged: that is 0.5, so the threshold may be as low as it; all three that can be seen are caught.
  expect(a?.at[0]).toMatchObject({
    threshold: 0.5,
    recall: { count: 3, n: 3, bounds: [0.75, 1] },
    falseAlarms: { count: 1, n: 6 },
  });
  // Seven negatives in b, of which one cannot be seen: one of six may be flagged.
  expect(b).toMatchObject({ environment: 'b', positives: 2, negatives: 7 });
  expect(b?.at[0]).toMatchObject({ threshold: 0.8, recall: { count: 1, n: 2 }, falseAlarms: { count: 1, n: 6 } });
  const only = await measureMonitor(byDigit, labelledRollouts(run, 'a'), { truth: 'succeeded', rates: [0.5] });
  expect(only.scopes.map(({ environment }) => environment)).toEqual(['all', 'a']);
  expect(only.scopes[0]).toMatchObject({ positives: 0, negatives: 10 });
});

test('intervals know that tasks repeat', async () => {
  const rollout = sampleRollout('a/000009', { environment: 'a' });
  const rows = Array.from({ length: 8 }, () => ({
    rollout,
    labels: { attempted: known(true, ''), succeeded: known(true, '') },
  }));
  const other = sampleRollout('a/000001', { environment: 'a', task: { ...rollout.task, id: 'f'.repeat(64) } });
  const clean = { rollout: other, labels: { attempted: known(false, ''), succeeded: known(false, '') } };
  const { scopes } = await measureMonitor(byDigit, [...rows, clean], { rates: [0.05] });
  const recall = scopes[0]?.at[0]?.recall;
  expect(recall).toMatchObject({ count: 8, n: 8, clusters: 1, interval: null });
});
