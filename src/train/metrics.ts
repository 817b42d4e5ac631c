import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Update, updateRecord } from '../record/training.ts';
import { diskError, nodeDisk, writeAtomically } from '../store/disk.ts';
import type { PhaseEnd } from './training-record.ts';

const METRICS_FILE = 'metrics.jsonl';

/** Keys in the order of the schema, wherever the update comes from: equal runs have equal files. */
const line = (update: Update): string => `${JSON.stringify(updateRecord.read(update))}\n`;

const failed =
  (path: string) =>
  (thrown: unknown): never => {
    throw diskError(path, thrown, null, 'start the same command again');
  };

/** Writes `metrics.jsonl` as the ended rounds have it. What a round that was cut short had added goes away. */
export const rewriteMetrics = async (dir: string, ends: readonly PhaseEnd[]): Promise<void> => {
  const path = join(dir, METRICS_FILE);
  const text = ends.flatMap(({ updates }) => updates.map(line)).join('');
  await writeAtomically(nodeDisk, path, Buffer.from(text)).catch(failed(path));
};

/** Adds one update for whoever looks on while a round runs. It is not durable before its round has ended. */
export const appendMetrics = async (dir: string, update: Update): Promise<void> => {
  const path = join(dir, METRICS_FILE);
  await appendFile(path, line(update)).catch(failed(path));
};
