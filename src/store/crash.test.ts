import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manualClock, systemClock } from '../base/clock.ts';
import { rng } from '../base/rng.ts';
import { takeLock } from './lock.ts';
import { createRun, openRun, readRun } from './run-directory.ts';
import { newRunDirectory, newRunId } from './run-id.ts';
import { collect, sampleCall, sampleManifest, sampleRollout } from './store.contract.ts';

let base = '';
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'subterfuge-crash-'));
});
afterAll(async () => {
  await rm(base, { recursive: true, force: true });
});

const module = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);
const child = (script: string, ...args: string[]): ChildProcess =>
  spawn(process.execPath, ['--input-type=module', '-e', script, '--', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** Appends rollouts from a number on, eight at a time, and says each id once it is durable. */
const APPENDER = `
import { writeSync } from 'node:fs';
import { openRun } from ${module('./run-directory.ts')};
const [dir, first, sample] = process.argv.slice(1);
const run = await openRun(dir);
let next = Number(first);
const worker = async () => {
  for (;;) {
    const id = 'r' + String(next++).padStart(6, '0');
    await run.append({ kind: 'rollout', rollout: { ...JSON.parse(sample), id, seed: 'x'.repeat(Number(id.slice(1)) % 9000) } });
    writeSync(1, id + '\\n');
  }
};
await Promise.all(Array.from({ length: 8 }, worker));
`;

describe('a writer that is killed', () => {
  it('at 20 moments loses nothing that it reported, and leaves a run that goes on at once', async () => {
    const dir = join(base, 'killed');
    await (await createRun(dir, sampleManifest()))[Symbol.asyncDispose]();
    const dice = rng('kill');
    const acknowledged: string[] = [];
    let next = 0;
    for (let round = 0; round < 20; round++) {
      const writer = child(APPENDER, dir, String(next), JSON.stringify(sampleRollout('')));
      if (writer.stdout === null) throw new Error('no stdout');
      const exited = once(writer, 'exit');
      const before = acknowledged.length;
      const lines = createInterface(writer.stdout);
      lines.on('line', (line) => acknowledged.push(line));
      const drained = once(lines, 'close');
      await Promise.race([once(lines, 'line'), exited]);
      await wait(dice.next() * 60);
      writer.kill('SIGKILL');
      await exited;
      await drained;
      expect(acknowledged.length).toBeGreaterThan(before);
      // Ids that were begun and not reported may be in the run or not: the next writer starts behind all of them.
      next = Math.max(...acknowledged.map((id) => Number(id.slice(1)))) + 20;
      await using run = await openRun(dir);
      for (const id of acknowledged.slice(before)) expect(await run.has(id)).toBe(true);
    }
    await using run = await readRun(dir);
    const ids = (await collect(run.rollouts())).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const stored = new Set(ids);
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
  });
});

const HOLDER = `
import { writeSync } from 'node:fs';
import { openRun } from ${module('./run-directory.ts')};
await openRun(process.argv[1]);
writeSync(1, 'held\\n');
setInterval(() => {}, 1000);
`;

describe('the lock of a run', () => {
  it('keeps a second writer of the same process out, and says who holds it', async () => {
    const dir = join(base, 'twice');
    const run = await createRun(dir, sampleManifest());
    await expect(openRun(dir)).rejects.toMatchObject({
      code: 'run-is-open',
      exitCode: 2,
      given: expect.stringMatching(new RegExp(`held by process ${process.pid} on \\S+ since \\d{4}-`)),
    });
    await using reader = await readRun(dir);
    expect(reader.manifest.id).toBe(sampleManifest().id);
    await run[Symbol.asyncDispose]();
    await (await openRun(dir))[Symbol.asyncDispose]();
  });

  it('keeps another process out, and goes with its process', async () => {
    const dir = join(base, 'held');
    await (await createRun(dir, sampleManifest()))[Symbol.asyncDispose]();
    const holder = child(HOLDER, dir);
    if (holder.stdout === null) throw new Error('no stdout');
    await once(holder.stdout, 'data');
    await expect(openRun(dir)).rejects.toMatchObject({
      code: 'run-is-open',
      given: expect.stringContaining(`process ${holder.pid} `),
    });
    const exited = once(holder, 'exit');
    holder.kill('SIGKILL');
    await exited;
    await using run = await openRun(dir);
    await run.append({ kind: 'call', call: sampleCall('mine', 0) });
    await expect(openRun(dir)).rejects.toMatchObject({ given: expect.stringContaining(`process ${process.pid} `) });
  });

  it('goes to exactly one of many that want it at once', async () => {
    const results = await Promise.allSettled(Array.from({ length: 5 }, async () => await takeLock(base, systemClock)));
    const held = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(held).toHaveLength(1);
    for (const lock of held) await lock[Symbol.asyncDispose]();
    await (await takeLock(base, systemClock))[Symbol.asyncDispose]();
  });
});

describe('the name of a run', () => {
  const clock = manualClock(Date.UTC(2026, 10, 21, 14, 30, 15, 999));

  it('is the time and a random part', () => {
    expect(newRunId(clock, rng('a'))).toMatch(/^20261121-143015-[a-z0-9]{6}$/);
    const dice = rng('many');
    expect(new Set(Array.from({ length: 5000 }, () => newRunId(clock, dice))).size).toBe(5000);
  });

  it('is nobody else’s, also with the same dice in the same millisecond', async () => {
    const parent = join(base, 'runs');
    const made = await Promise.all(
      Array.from({ length: 20 }, async () => await newRunDirectory(parent, clock, rng('same'))),
    );
    expect(new Set(made.map(({ dir }) => dir)).size).toBe(20);
    for (const { id, dir } of made.slice(0, 2)) {
      await using run = await createRun(dir, sampleManifest(id));
      expect(run.manifest.id).toBe(id);
    }
  });

  it('gives up where no name is free', async () => {
    await expect(newRunDirectory('/dev/null', clock, rng('a'))).rejects.toMatchObject({ exitCode: 3 });
  });
});
