import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalRun } from './canonical.ts';
import { encodeLine } from './line.ts';
import { createRun, INDEX_FILE, JOURNAL_FILE, MANIFEST_FILE, openRun, readRun } from './run-directory.ts';
import {
  collect,
  sampleCall,
  sampleLabels,
  sampleManifest,
  sampleRollout,
  sampleVerdict,
  storeContract,
} from './store.contract.ts';

let base = '';
let made = 0;
const newDir = (): string => join(base, `run-${made++}`);
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'subterfuge-store-'));
});
afterAll(async () => {
  await rm(base, { recursive: true, force: true });
});

storeContract(
  'a directory',
  async (redact) => await createRun(newDir(), sampleManifest(), redact === undefined ? {} : { redact }),
);

const filled = async (ids: readonly string[]): Promise<string> => {
  const dir = newDir();
  await using run = await createRun(dir, sampleManifest());
  for (const id of ids) {
    await run.append(
      { kind: 'rollout', rollout: sampleRollout(id) },
      { kind: 'verdict', verdict: sampleVerdict(id) },
      { kind: 'labels', labels: sampleLabels(id) },
    );
  }
  return dir;
};
const digest = async (dir: string): Promise<string> => {
  await using run = await readRun(dir);
  return (await canonicalRun(run)).sha256;
};
const idsIn = async (dir: string): Promise<string[]> => {
  await using run = await readRun(dir);
  return (await collect(run.rollouts())).map(({ id }) => id);
};

describe('opening', () => {
  it('gives a clear error for what is no run', async () => {
    const missing = newDir();
    await expect(readRun(missing)).rejects.toMatchObject({
      code: 'no-such-run',
      exitCode: 2,
      given: missing,
      allowed: 'a directory that a run was written to',
    });
    await expect(openRun(missing)).rejects.toMatchObject({ code: 'no-such-run', exitCode: 2 });
    const empty = newDir();
    await mkdir(empty);
    await expect(readRun(empty)).rejects.toMatchObject({ code: 'not-a-run' });
    await expect(openRun(empty)).rejects.toMatchObject({ code: 'not-a-run' });
    expect(await readdir(empty)).toEqual([]);
    const file = join(base, 'a-file');
    await writeFile(file, 'x');
    await expect(readRun(file)).rejects.toMatchObject({ code: 'not-a-run' });
    await expect(createRun(file, sampleManifest())).rejects.toMatchObject({ code: 'directory-not-empty' });
  });

  it('gives a clear error for a manifest that is damaged or from the future', async () => {
    const dir = await filled(['a']);
    await writeFile(join(dir, MANIFEST_FILE), '{"schema": ');
    await expect(readRun(dir)).rejects.toMatchObject({ code: 'corrupt-manifest', exitCode: 2 });
    await writeFile(join(dir, MANIFEST_FILE), JSON.stringify({ ...sampleManifest(), schema: 'subterfuge/run@2' }));
    await expect(readRun(dir)).rejects.toMatchObject({
      code: 'future-version',
      what: expect.stringContaining(MANIFEST_FILE),
    });
  });

  it('says where a record from the future stands', async () => {
    const dir = await filled(['a']);
    const offset = (await stat(join(dir, JOURNAL_FILE))).size;
    const rollout = { ...sampleRollout('b'), schema: 'subterfuge/rollout@2' };
    await appendFile(join(dir, JOURNAL_FILE), encodeLine({ kind: 'rollout', rollout }).bytes);
    await expect(idsIn(dir)).rejects.toMatchObject({
      code: 'future-version',
      what: expect.stringContaining(`byte ${offset}`),
    });
    await truncate(join(dir, JOURNAL_FILE), offset);
    await appendFile(join(dir, JOURNAL_FILE), encodeLine({ kind: 'hologram' }).bytes);
    await expect(idsIn(dir)).rejects.toMatchObject({ code: 'future-version', given: 'hologram' });
  });

  it('does not make a journal that is gone', async () => {
    const dir = await filled(['a']);
    await rm(join(dir, JOURNAL_FILE));
    await expect(readRun(dir)).rejects.toMatchObject({ code: 'corrupt-journal' });
    await expect(openRun(dir)).rejects.toMatchObject({ code: 'corrupt-journal' });
    expect(await readdir(dir)).not.toContain(JOURNAL_FILE);
  });

  it('refuses to make a run where something is, and leaves that alone', async () => {
    const dir = await filled(['a']);
    const before = await digest(dir);
    await expect(createRun(dir, sampleManifest())).rejects.toMatchObject({
      code: 'directory-not-empty',
      todo: expect.stringContaining('resume'),
    });
    expect(await digest(dir)).toBe(before);
    const other = newDir();
    await mkdir(other);
    await writeFile(join(other, 'thesis.tex'), 'x');
    await expect(createRun(other, sampleManifest())).rejects.toMatchObject({ code: 'directory-not-empty' });
    expect(await readdir(other)).toEqual(['thesis.tex']);
  });

  it('lets one of two writers that start at once make the run', async () => {
    const dir = newDir();
    const results = await Promise.allSettled([1, 2, 3].map(async () => await createRun(dir, sampleManifest())));
    const stores = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(stores).toHaveLength(1);
    for (const store of stores) await store[Symbol.asyncDispose]();
    expect(await idsIn(dir)).toEqual([]);
  });

  it('goes on with a run, after a write that was cut short', async () => {
    const dir = await filled(['a', 'b']);
    await appendFile(join(dir, JOURNAL_FILE), '0123abcd 99 {"kind":"roll');
    expect(await idsIn(dir)).toEqual(['a', 'b']);
    await using run = await openRun(dir);
    expect(run.droppedBytes).toBe(25);
    await run.append({ kind: 'rollout', rollout: sampleRollout('c') });
    expect(await idsIn(dir)).toEqual(['a', 'b', 'c']);
  });

  it('names file and offset of damage in the middle', async () => {
    const dir = await filled(['a', 'b']);
    const path = join(dir, JOURNAL_FILE);
    const bytes = await readFile(path);
    bytes[400] = (bytes[400] ?? 0) ^ 1;
    await writeFile(path, bytes);
    const error = {
      code: 'corrupt-journal',
      exitCode: 2,
      what: expect.stringMatching(/journal\.jsonl is damaged at byte \d+/),
    };
    await expect(openRun(dir)).rejects.toMatchObject(error);
    // The index knows the places, so the damage shows when the record is read.
    await expect(idsIn(dir)).rejects.toMatchObject(error);
    await rm(join(dir, INDEX_FILE));
    await expect(idsIn(dir)).rejects.toMatchObject(error);
  });
});

describe('reading while a run is written', () => {
  it('sees what was appended after it was opened', async () => {
    const dir = newDir();
    await using run = await createRun(dir, sampleManifest());
    await using reader = await readRun(dir);
    for (let i = 0; i < 20; i++) {
      await run.append({ kind: 'rollout', rollout: sampleRollout(`r${i}`) });
      expect(await reader.has(`r${i}`)).toBe(true);
    }
    const writing = Promise.all(
      Array.from(
        { length: 300 },
        async (_, i) => await run.append({ kind: 'rollout', rollout: sampleRollout(`s${i}`) }),
      ),
    );
    let seen = 0;
    while (seen < 320) {
      const now = (await collect(reader.rollouts())).length;
      expect(now).toBeGreaterThanOrEqual(seen);
      seen = now;
    }
    await writing;
  });
});

describe('the index', () => {
  const ids = Array.from({ length: 30 }, (_, i) => `r${i}`);

  it('is made anew where it is gone, stale, damaged, or of another run', async () => {
    const dir = await filled(ids);
    const index = join(dir, INDEX_FILE);
    const before = await digest(dir);
    const stale = join(base, 'stale.sqlite');
    await copyFile(index, stale);

    await rm(index);
    expect(await digest(dir)).toBe(before);
    await writeFile(index, 'not a database, but long enough to be looked at as if it were one'.repeat(50));
    expect(await digest(dir)).toBe(before);
    const bytes = await readFile(index);
    await writeFile(index, bytes.fill(7, 4096));
    expect(await digest(dir)).toBe(before);
    await copyFile(join(await filled(['other']), INDEX_FILE), index);
    expect(await digest(dir)).toBe(before);

    {
      await using run = await openRun(dir);
      await run.append({ kind: 'rollout', rollout: sampleRollout('r3', { stop: 'turn-limit' }) });
    }
    const after = await digest(dir);
    expect(after).not.toBe(before);
    await copyFile(stale, index);
    expect(await digest(dir)).toBe(after);
    await rm(index);
    expect(await digest(dir)).toBe(after);
  });

  it('notices a journal that was cut and has grown again', async () => {
    const dir = await filled(['a']);
    const path = join(dir, JOURNAL_FILE);
    const size = (await stat(path)).size;
    await appendFile(path, encodeLine({ kind: 'rollout', rollout: sampleRollout('lost') }).bytes);
    await using reader = await readRun(dir);
    expect(await reader.has('lost')).toBe(true);
    await truncate(path, size);
    expect(await reader.has('lost')).toBe(false);
    await appendFile(path, encodeLine({ kind: 'rollout', rollout: sampleRollout('lost') }).bytes);
    expect(await reader.has('lost')).toBe(true);
    await truncate(path, size);
    for (const id of ['kept', 'more']) {
      await appendFile(path, encodeLine({ kind: 'rollout', rollout: sampleRollout(id) }).bytes);
    }
    expect((await collect(reader.entries())).map(({ id }) => id)).toEqual(['a', 'kept', 'more']);
  });

  it('is not misled by a record that was lost before a writer went on', async () => {
    for (const id of ['kept', 'long-enough-to-pass-the-end-of-the-lost-one']) {
      const dir = await filled(['a']);
      const path = join(dir, JOURNAL_FILE);
      const size = (await stat(path)).size;
      await appendFile(path, encodeLine({ kind: 'rollout', rollout: sampleRollout('lost') }).bytes);
      await using reader = await readRun(dir);
      expect(await reader.has('lost')).toBe(true);
      await truncate(path, size);
      {
        await using run = await openRun(dir);
        await run.append({ kind: 'rollout', rollout: sampleRollout(id) });
      }
      await using run = await readRun(dir);
      expect((await collect(run.rollouts())).map((rollout) => rollout.id)).toEqual(['a', id]);
    }
  });

  it('is kept in memory where its file cannot be used', async () => {
    const dir = await filled(['a', 'b']);
    await rm(join(dir, INDEX_FILE));
    await mkdir(join(dir, INDEX_FILE));
    expect(await idsIn(dir)).toEqual(['a', 'b']);
    await using run = await openRun(dir);
    await run.append({ kind: 'rollout', rollout: sampleRollout('c') });
    expect(await run.has('c')).toBe(true);
  });

  it('is made anew when it breaks under an open run', async () => {
    const dir = await filled(['a']);
    await using run = await openRun(dir);
    const other = new DatabaseSync(join(dir, INDEX_FILE));
    other.exec('DROP TABLE about');
    other.close();
    await run.append({ kind: 'rollout', rollout: sampleRollout('b') });
    expect((await collect(run.entries())).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await collect(run.verdicts())).toEqual([sampleVerdict('a')]);
  });
});

it('keeps secrets out of every file of a run', async () => {
  const canary = 'canary-4f1b9c7e2d';
  const dir = newDir();
  const { redactor } = await import('../base/redact.ts');
  const redact = redactor([{ name: 'KEY', value: canary }]);
  const manifest = sampleManifest();
  const plan = { ...manifest.plan, seed: canary };
  {
    await using run = await createRun(dir, { ...manifest, plan }, { redact });
    await run.append({ kind: 'rollout', rollout: sampleRollout('a', { seed: canary }) });
    await run.append({ kind: 'call', call: sampleCall(Buffer.from(canary).toString('base64'), 0) });
    await run.has('a');
  }
  for (const name of await readdir(dir)) {
    const text = await readFile(join(dir, name), 'latin1');
    expect(text).not.toContain(canary);
    expect(text).not.toContain(Buffer.from(canary).toString('base64').slice(2, 20));
  }
  expect(await readFile(join(dir, MANIFEST_FILE), 'utf8')).toContain('[redacted:KEY]');
});
