import { appendFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { redactor } from '../base/redact.ts';
import { JOURNAL_HEAD } from './journal-reader.ts';
import { encodeLine } from './line.ts';
import { type Begun, openOrCreateRun } from './open-or-create.ts';
import { createRun, JOURNAL_FILE, MANIFEST_FILE, openRun } from './run-directory.ts';
import { collect, sampleManifest, sampleRollout, storeContract } from './store.contract.ts';

let base = '';
let made = 0;
const newDir = (): string => join(base, `run-${made++}`);
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'subterfuge-open-'));
});
afterAll(async () => {
  await rm(base, { recursive: true, force: true });
});

const clock = manualClock(Date.parse(sampleManifest().createdAt));
const { id, plan, versions } = sampleManifest();
const begun: Begun = { id, plan, versions };
const idsIn = async (dir: string): Promise<string[]> => {
  await using run = await openOrCreateRun(dir, begun, { clock });
  return (await collect(run.rollouts())).map((rollout) => rollout.id);
};
const filled = async (): Promise<string> => {
  const dir = newDir();
  await using run = await openOrCreateRun(dir, begun, { clock });
  await run.append({ kind: 'rollout', rollout: sampleRollout('a') });
  return dir;
};

storeContract('a directory that was not there', async (redact) =>
  openOrCreateRun(newDir(), begun, redact === undefined ? { clock } : { clock, redact }),
);
storeContract('a directory that was opened again', async (redact) => {
  const dir = newDir();
  const options = redact === undefined ? { clock } : { clock, redact };
  await (await openOrCreateRun(dir, begun, options))[Symbol.asyncDispose]();
  return await openOrCreateRun(dir, begun, options);
});

describe('a run of a plan', () => {
  it('is gone on with, whatever the order of the keys of its plan and the time', async () => {
    const dir = await filled();
    const turned = Object.fromEntries(Object.entries(plan).toReversed()) as typeof plan;
    await using run = await openOrCreateRun(dir, { ...begun, plan: turned }, { clock: manualClock(9e12) });
    expect((await collect(run.rollouts())).map((rollout) => rollout.id)).toEqual(['a']);
    expect(run.manifest).toEqual(sampleManifest());
  });

  it('of another plan is refused with what differs, left alone, and let go', async () => {
    const dir = await filled();
    const other = { ...plan, seed: 'other', repeats: 2 };
    await expect(openOrCreateRun(dir, { ...begun, plan: other }, { clock })).rejects.toMatchObject({
      code: 'another-plan',
      exitCode: 2,
      what: expect.stringContaining(dir),
      given: 'seed "other", repeats 2',
      allowed: 'seed "seed", repeats none',
      todo: expect.stringContaining(versions.subterfuge),
    });
    expect(await idsIn(dir)).toEqual(['a']);
  });

  it('is equal to the plan that it was made from where a secret was taken out of both', async () => {
    const redact = redactor([{ name: 'KEY', value: 'canary-4f1b9c7e2d' }]);
    const secret = { ...begun, plan: { ...plan, seed: 'canary-4f1b9c7e2d' } };
    const dir = newDir();
    await (await openOrCreateRun(dir, secret, { clock, redact }))[Symbol.asyncDispose]();
    await using run = await openOrCreateRun(dir, secret, { clock, redact });
    expect(run.manifest.plan.seed).toBe('[redacted:KEY]');
  });

  it('is refused while another writer has it', async () => {
    const dir = newDir();
    await using _held = await openOrCreateRun(dir, begun, { clock });
    await expect(openOrCreateRun(dir, begun, { clock })).rejects.toMatchObject({ code: 'run-is-open' });
  });
});

describe('what was left of a run whose making was cut short', () => {
  it.each<[string, (dir: string) => Promise<void>]>([
    ['an empty directory', async () => undefined],
    ['a journal without its head', async (dir) => await writeFile(join(dir, JOURNAL_FILE), '')],
    ['half a head', async (dir) => await writeFile(join(dir, JOURNAL_FILE), JOURNAL_HEAD.subarray(0, 3))],
    [
      'half a manifest',
      async (dir) => {
        await writeFile(join(dir, JOURNAL_FILE), JOURNAL_HEAD);
        await writeFile(join(dir, `${MANIFEST_FILE}.tmp`), '{"schema": "subter');
      },
    ],
  ])('%s: the run is made there', async (_name, leave) => {
    const dir = newDir();
    await mkdir(dir);
    await leave(dir);
    await using run = await openOrCreateRun(dir, begun, { clock });
    await run.append({ kind: 'rollout', rollout: sampleRollout('a') });
    expect(run.manifest).toEqual(sampleManifest());
    expect(await readdir(dir)).not.toContain(`${MANIFEST_FILE}.tmp`);
  });

  it('is no run whose manifest was lost: its results are not written over', async () => {
    const dir = newDir();
    await mkdir(dir);
    await writeFile(join(dir, JOURNAL_FILE), JOURNAL_HEAD);
    await appendFile(join(dir, JOURNAL_FILE), encodeLine({ kind: 'rollout', rollout: sampleRollout('a') }).bytes);
    await expect(openOrCreateRun(dir, begun, { clock })).rejects.toMatchObject({ code: 'directory-not-empty' });
    expect(await readdir(dir)).toEqual([JOURNAL_FILE]);
  });

  it('is no directory of somebody else', async () => {
    const dir = newDir();
    await mkdir(dir);
    await writeFile(join(dir, 'thesis.tex'), 'x');
    await expect(openOrCreateRun(dir, begun, { clock })).rejects.toMatchObject({ code: 'directory-not-empty' });
    expect(await readdir(dir)).toEqual(['thesis.tex']);
  });

  it('is a run that createRun goes on to make, and openRun refuses', async () => {
    const dir = newDir();
    await mkdir(dir);
    await writeFile(join(dir, JOURNAL_FILE), JOURNAL_HEAD);
    await expect(openRun(dir)).rejects.toMatchObject({ code: 'not-a-run' });
    await (await createRun(dir, sampleManifest()))[Symbol.asyncDispose]();
    expect(await idsIn(dir)).toEqual([]);
  });
});
