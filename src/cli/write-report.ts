import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { selectEnvironments } from '../env/load.ts';
import type { Evaluation } from '../record/evaluation.ts';
import { renderReport } from '../report/html.ts';
import { sampleViews } from '../report/sample.ts';
import { diskError } from '../store/disk.ts';
import type { RunReader } from '../store/run-store.ts';
import type { Io } from './io.ts';

/** Writes `report.html` beside the journal, whole or not at all, and gives its path. */
export const writeReport = async (
  io: Io,
  store: RunReader & { readonly dir: string },
  evaluation: Evaluation,
): Promise<string> => {
  const { plan, versions } = store.manifest;
  const environments = await selectEnvironments(plan.environments, io.cwd);
  const html = renderReport({ evaluation, plan, versions, environments, rollouts: await sampleViews(store) });
  const path = join(store.dir, 'report.html');
  try {
    await writeFile(`${path}.part`, html);
    await rename(`${path}.part`, path);
  } catch (thrown) {
    throw diskError(path, thrown);
  }
  return path;
};
