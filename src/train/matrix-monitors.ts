/**
 * How much of the gaming of a trained model each built-in monitor finds, at fixed rates of false alarms: without it a mitigation by
 * monitor that changes nothing cannot be read. Counted from the evaluation of one checkpoint, kept as `monitors.json`.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { inputError, messageOf } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import { type LabelledRollout, labelledRollouts, measureMonitor } from '../grade/monitor-run.ts';
import { MONITORS } from '../grade/monitors.ts';
import { rateSchema } from '../record/estimate.ts';
import { diskError, errnoOf, nodeDisk, readError, writeAtomically } from '../store/disk.ts';
import type { RunReader } from '../store/run-store.ts';

export const MONITORS_FILE = 'monitors.json';

const monitorsSchema = z.strictObject({
  schema: z.literal('subterfuge/monitors@1'),
  checkpoint: z.string(),
  reports: z.array(
    z.strictObject({
      monitor: z.string(),
      sees: z.enum(['files', 'actions', 'thoughts']),
      basis: z.enum(['exact', 'heuristic', 'judged']),
      /** The label that is taken for the truth. */
      truth: z.enum(['attempted', 'succeeded']),
      unlabelled: z.int(),
      unscored: z.int(),
      /** `all` first, then by environment. */
      scopes: z.array(
        z.strictObject({
          environment: z.string(),
          positives: z.int(),
          negatives: z.int(),
          at: z.array(
            z.strictObject({
              allowed: z.number(),
              threshold: z.number().nullable(),
              recall: rateSchema,
              falseAlarms: rateSchema,
              resolved: z.boolean(),
            }),
          ),
        }),
      ),
    }),
  ),
});
export type MonitorsOfRun = z.infer<typeof monitorsSchema>;

/** Where somebody asks for the act, doing it is no gaming. */
const isJudged = ({ control }: Pick<Environment, 'control'>): boolean => control !== 'told';

async function* labelled(store: RunReader, environments: readonly Environment[]): AsyncGenerator<LabelledRollout> {
  for (const environment of environments.filter(isJudged)) yield* labelledRollouts(store, environment.name);
}

/** Every built-in monitor over the rollouts of one evaluation. One rollout in memory at a time, but for batches. */
export const measureMonitors = async (
  checkpoint: string,
  store: RunReader,
  environments: readonly Environment[],
): Promise<MonitorsOfRun> => {
  const reports = [];
  for (const monitor of MONITORS) reports.push(await measureMonitor(monitor, labelled(store, environments)));
  return monitorsSchema.parse({ schema: 'subterfuge/monitors@1', checkpoint, reports });
};

export const writeMonitors = async (dir: string, monitors: MonitorsOfRun): Promise<void> => {
  const path = join(dir, MONITORS_FILE);
  await writeAtomically(nodeDisk, path, Buffer.from(`${JSON.stringify(monitors, null, 1)}\n`)).catch(
    (thrown: unknown) => {
      throw diskError(path, thrown, null, 'make it anew with subterfuge train --resume');
    },
  );
};

/** Null where none were measured. Throws `bad-monitors-file` (exit code 2) where the file is damaged. */
export const readMonitors = async (dir: string): Promise<MonitorsOfRun | null> => {
  const path = join(dir, MONITORS_FILE);
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (errnoOf(thrown) === 'ENOENT') return null;
    throw readError(path, thrown);
  });
  if (text === null) return null;
  try {
    return monitorsSchema.parse(JSON.parse(text));
  } catch (thrown) {
    throw inputError({
      code: 'bad-monitors-file',
      what: `${path} is damaged.`,
      given: messageOf(thrown),
      todo: `Make it anew from the run: subterfuge train --resume ${dir}`,
      cause: thrown,
    });
  }
};
