import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Disk, nodeDisk } from './disk.ts';
import { openJournal } from './journal.ts';
import { createRun, openRun, readRun } from './run-directory.ts';
import { collect, sampleCall, sampleManifest, sampleRollout } from './store.contract.ts';

let base = '';
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'subterfuge-disk-'));
});
afterAll(async () => {
  await rm(base, { recursive: true, force: true });
});

const failure = (code: string): Error => Object.assign(new Error(`${code}: no such luck, write`), { code });

/**
 * A real disk with room for `room` more bytes, as ext4 behaves: the write that does not fit is cut short, and the next
 * one fails with ENOSPC.
 */
const smallDisk = (room: number): Disk & { room: number } => {
  const disk = {
    room,
    open: async (path: string) => {
      const file = await nodeDisk.open(path);
      return {
        ...file,
        write: async (bytes: Uint8Array, position: number) => {
          const fits = bytes.subarray(0, Math.max(0, disk.room));
          if (fits.length === 0) throw failure('ENOSPC');
          const written = await file.write(fits, position);
          disk.room -= written;
          return written;
        },
      };
    },
  };
  return disk;
};

/** A real disk on which the `good + 1`th sync, and every one after it, fails. */
const dyingDisk = (good: number): Disk => {
  let left = good;
  return {
    open: async (path) => {
      const file = await nodeDisk.open(path);
      return {
        ...file,
        sync: async () => {
          if (left-- <= 0) throw failure('EIO');
          await file.sync();
        },
      };
    },
  };
};

it.each([0, 1, 57, 400, 1500, 5000])('a disk with room for %i bytes keeps all that was reported done', async (room) => {
  const path = join(base, `room-${room}.jsonl`);
  await (await openJournal(path))[Symbol.asyncDispose]();
  const journal = await openJournal(path, smallDisk(room));
  const done: number[] = [];
  let refused: unknown = null;
  for (let i = 0; refused === null; i++) {
    const results = await Promise.allSettled([2 * i, 2 * i + 1].map(async (n) => await journal.append({ n }).durable));
    for (const [at, result] of results.entries()) {
      if (result.status === 'fulfilled') done.push(2 * i + at);
      else refused = result.reason;
    }
  }
  expect(refused).toMatchObject({
    code: 'disk-full',
    exitCode: 3,
    todo: expect.stringContaining(`resume the run in ${base}`),
  });
  expect(() => journal.append('more')).toThrow(refused as Error);
  await journal[Symbol.asyncDispose]();
  const again = await openJournal(path);
  expect(again.droppedBytes).toBe(0);
  await again.append('after').durable;
  await again[Symbol.asyncDispose]();
  const lines = (await readFile(path, 'utf8')).split('\n').slice(1, -1);
  expect(lines.map((line) => line.replace(/^\S+ \S+ /, ''))).toEqual([...done.map((n) => `{"n":${n}}`), '"after"']);
});

it('an append is not done before its bytes are written and synced', async () => {
  const path = join(base, 'slow.jsonl');
  const steps: string[] = [];
  const gate = Promise.withResolvers<void>();
  const slow: Disk = {
    open: async (name) => {
      const file = await nodeDisk.open(name);
      return {
        ...file,
        sync: async () => {
          if (steps.length > 0) await gate.promise;
          await file.sync();
          steps.push('synced');
        },
      };
    },
  };
  await using journal = await openJournal(path, slow);
  const done = journal.append('x').durable.then(() => steps.push('done'));
  while (!(await readFile(path, 'utf8')).includes('"x"')) await wait(1);
  await wait(20);
  expect(steps).toEqual(['synced']);
  gate.resolve();
  await done;
  expect(steps).toEqual(['synced', 'synced', 'done']);
});

it('a sync that fails is not reported as done, and nothing follows it', async () => {
  const path = join(base, 'eio.jsonl');
  const journal = await openJournal(path, dyingDisk(2));
  await journal.append('kept').durable;
  const lost = [journal.append('lost'), journal.append('lost too')];
  for (const { durable } of lost) await expect(durable).rejects.toMatchObject({ code: 'disk-failed', exitCode: 3 });
  expect(() => journal.append('late')).toThrow('could not be written');
  await journal[Symbol.asyncDispose]();
  expect(await readFile(path, 'utf8')).not.toContain('lost');
});

it('a run on a full disk says how to go on, keeps what it has, and goes on once there is room', async () => {
  const dir = join(base, 'full');
  const disk = smallDisk(10_000);
  const run = await createRun(dir, sampleManifest(), { disk });
  await run.append({ kind: 'rollout', rollout: sampleRollout('a') });
  disk.room = 500;
  const wanted = { code: 'disk-full', exitCode: 3, todo: expect.stringContaining(dir) };
  await expect(run.append({ kind: 'rollout', rollout: sampleRollout('b') })).rejects.toMatchObject(wanted);
  await expect(run.append({ kind: 'call', call: sampleCall('x', 0) })).rejects.toMatchObject(wanted);
  expect((await collect(run.rollouts())).map(({ id }) => id)).toEqual(['a']);
  await run[Symbol.asyncDispose]();
  disk.room = 10_000;
  const resumed = await openRun(dir, { disk });
  await resumed.append({ kind: 'rollout', rollout: sampleRollout('b') });
  await resumed[Symbol.asyncDispose]();
  await using reader = await readRun(dir);
  expect((await collect(reader.rollouts())).map(({ id }) => id)).toEqual(['a', 'b']);
});

it.each([0, 10, 100, 300])(
  'a run that cannot be made for want of room (%i bytes) leaves nothing behind',
  async (room) => {
    const dir = join(base, `none-${room}`);
    await expect(createRun(dir, sampleManifest(), { disk: smallDisk(room) })).rejects.toMatchObject({
      code: 'disk-full',
      todo: expect.stringContaining('start the run again'),
    });
    expect(await readdir(dir)).toEqual(['lock.sqlite']);
    await (await createRun(dir, sampleManifest()))[Symbol.asyncDispose]();
  },
);

it('a directory that may not be written is an error with its path', async () => {
  const refusing: Disk = { open: async () => await Promise.reject(failure('EACCES')) };
  const dir = join(base, 'denied');
  await expect(createRun(dir, sampleManifest(), { disk: refusing })).rejects.toMatchObject({
    code: 'disk-failed',
    exitCode: 3,
    what: expect.stringContaining(dir),
  });
  await expect(createRun('/dev/null/run', sampleManifest())).rejects.toMatchObject({ code: 'disk-failed' });
});
