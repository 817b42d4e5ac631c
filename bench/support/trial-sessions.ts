import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errnoOf } from '../../src/store/disk.ts';

/** What one process did for a run of trials. A process that was killed left none. */
const sessionSchema = z.strictObject({
  /** Trials that it graded. */
  trials: z.int().min(0),
  seconds: z.number().positive(),
  /** Peak resident bytes of the process. */
  ownBytes: z.number().positive(),
  /** The same with all processes that it started; null where that is not known. */
  familyBytes: z.number().positive().nullable(),
});
export type TrialSession = z.infer<typeof sessionSchema>;

const FILE = 'bench-sessions.jsonl';

export const addSession = async (dir: string, session: TrialSession): Promise<void> => {
  await appendFile(join(dir, FILE), `${JSON.stringify(session)}\n`);
};

export const readSessions = async (dir: string): Promise<readonly TrialSession[]> => {
  const text = await readFile(join(dir, FILE), 'utf8').catch((thrown: unknown) => {
    if (errnoOf(thrown) === 'ENOENT') return '';
    throw thrown;
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => sessionSchema.parse(JSON.parse(line)));
};
