import { createHash } from 'node:crypto';
import { canonicalJson } from '../base/json.ts';
import type { RunReader } from './run-store.ts';

/** Two runs with equal digests hold the same rollouts, verdicts and labels. */
export interface CanonicalRun {
  /** SHA-256, hex. */
  readonly sha256: string;
  readonly rollouts: number;
  readonly verdicts: number;
  readonly labels: number;
}

/**
 * What must be equal of two runs with one plan and seed: rollouts without `times`, verdicts and labels, each sorted by id.
 * Streams: holds one page of records. Boundary: manifest and calls are left out.
 */
export const canonicalRun = async (run: RunReader): Promise<CanonicalRun> => {
  const hash = createHash('sha256');
  const count = { rollouts: 0, verdicts: 0, labels: 0 };
  for await (const { times: _, ...rollout } of run.rollouts()) {
    hash.update(`${canonicalJson(rollout)}\n`);
    count.rollouts++;
  }
  for await (const verdict of run.verdicts()) {
    hash.update(`${canonicalJson(verdict)}\n`);
    count.verdicts++;
  }
  for await (const labels of run.labels()) {
    hash.update(`${canonicalJson(labels)}\n`);
    count.labels++;
  }
  return { sha256: hash.digest('hex'), ...count };
};
