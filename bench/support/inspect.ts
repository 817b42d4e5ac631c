import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { messageOf, runError } from '../../src/base/errors.ts';
import type { ScriptedEpisode } from './episode-script.ts';

const SCRIPT = fileURLToPath(new URL('../../interop/inspect/speed.py', import.meta.url));
export const INSPECT_PYTHON = fileURLToPath(new URL('../../interop/inspect/.venv/bin/python', import.meta.url));

const speedSchema = z.strictObject({
  inspect: z.string(),
  episodesPerSecond: z.record(z.string(), z.number().positive()),
  otherEnd: z.record(z.string(), z.string()),
});

/** Asked before anything is measured. Null: it is there; else why it is not. */
export const inspectMissing = async (python: string): Promise<string | null> =>
  await promisify(execFile)(python, ['-c', 'from importlib.metadata import version; version("inspect_ai")']).then(
    () => null,
    (thrown: unknown) => messageOf(thrown).trimEnd().split('\n').at(-1) ?? 'it could not be asked for',
  );

export interface InspectSpeed {
  readonly version: string;
  /** Episodes per second by setting. */
  readonly rates: ReadonlyMap<string, number>;
}

/**
 * Runs speed.py once. Its errors go to standard error as they come. Throws where it fails, and where an episode left
 * other files than it should: then the two sides did not do the same work.
 */
export const inspectSpeed = async (
  python: string,
  episodes: readonly ScriptedEpisode[],
  samplesAtOnce: readonly number[],
): Promise<InspectSpeed> => {
  const scratch = await mkdtemp(join(tmpdir(), 'subterfuge-bench-inspect-'));
  try {
    const path = join(scratch, 'episodes.jsonl');
    await writeFile(path, episodes.map((episode) => `${JSON.stringify(episode)}\n`).join(''));
    const args = [SCRIPT, '--episodes', path, '--samples', samplesAtOnce.join(',')];
    const child = spawn(python, args, { cwd: scratch, stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = once(child, 'close');
    let stdout = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) stdout += chunk;
    const [code]: unknown[] = await closed;
    const failed = (given: string, todo: string): Error =>
      runError({ code: 'inspect-failed', what: 'Inspect AI could not be compared with.', given, todo });
    if (code !== 0)
      throw failed(`${python} ${args.join(' ')} ended with exit code ${String(code)}`, 'See its message above.');
    const last = stdout.trimEnd().split('\n').at(-1) ?? '';
    const { inspect, episodesPerSecond, otherEnd } = speedSchema.parse(JSON.parse(last));
    const others = Object.entries(otherEnd);
    const [first] = others;
    if (first !== undefined)
      throw failed(
        `${others.length} episodes ended with other files, the first ${first[0]} with ${first[1]}`,
        'Compare its commands on both sides: they must not depend on where they run.',
      );
    return { version: inspect, rates: new Map(Object.entries(episodesPerSecond)) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};
