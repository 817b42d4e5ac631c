import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GroupPlace, joinGroup, makeGroup, memoryKills, sweepGroups } from './bubblewrap-cgroup.ts';

const LIMITS = { memoryBytes: 1_000_000, processes: 20 };
const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'groups-'));
  mkdirSync(join(root, 'proc/77'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const placeOf = (own: string): GroupPlace => ({ root: join(root, 'cgroup'), own, processes: join(root, 'proc') });

/** A tree of ordinary folders: the kernel would fill those that are made; here what is written to them stays. */
describe('version 1', () => {
  const own = '8:pids:/\n4:memory:/service/a\n3:cpu,cpuacct:/x\n';

  it('makes one group for each controller, below that of this process', () => {
    for (const folder of ['memory/service/a', 'pids']) mkdirSync(join(root, 'cgroup', folder), { recursive: true });
    const made = makeGroup(placeOf(own), '1-1', LIMITS);
    const [memory, pids] = [
      join(root, 'cgroup/memory/service/a/subterfuge-1-1'),
      join(root, 'cgroup/pids/subterfuge-1-1'),
    ];
    expect(made).toEqual({ ok: true, group: { version: 'v1', folders: [memory, pids] } });
    expect(read(memory, 'memory.limit_in_bytes')).toBe('1000000');
    expect(read(pids, 'pids.max')).toBe('20');
    joinGroup([memory, pids], 12);
    expect(read(memory, 'cgroup.procs')).toBe('12');
    writeFileSync(join(memory, 'memory.oom_control'), 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n');
    expect(memoryKills([memory, pids])).toBe(3);
  });

  it('says why there is none, and leaves nothing behind', () => {
    mkdirSync(join(root, 'cgroup/memory'), { recursive: true });
    expect(makeGroup(placeOf(own), '1-1', LIMITS)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/v1.*pids/),
    });
    expect(existsSync(join(root, 'cgroup/memory/subterfuge-1-1'))).toBe(false);
  });
});

describe('version 2', () => {
  const own = '0::/user.slice/scope\n';

  it('asks the parent for the controllers that are missing', () => {
    const parent = join(root, 'cgroup/user.slice/scope');
    mkdirSync(parent, { recursive: true });
    writeFileSync(join(root, 'cgroup/cgroup.controllers'), 'memory pids\n');
    const made = makeGroup(placeOf(own), '1-2', LIMITS);
    expect(made).toEqual({ ok: true, group: { version: 'v2', folders: [join(parent, 'subterfuge-1-2')] } });
    expect(read(parent, 'cgroup.subtree_control')).toBe('+memory +pids');
    expect(read(parent, 'subterfuge-1-2', 'memory.max')).toBe('1000000');
    expect(read(parent, 'subterfuge-1-2', 'pids.max')).toBe('20');
  });
});

it('removes the groups of those that are gone, and no other', () => {
  for (const name of ['subterfuge-76-1', 'subterfuge-77-1', 'subterfuge-x', 'other'])
    for (const controller of ['memory', 'pids']) mkdirSync(join(root, 'cgroup', controller, name), { recursive: true });
  sweepGroups(placeOf('8:pids:/\n4:memory:/\n'));
  for (const controller of ['memory', 'pids'])
    for (const [name, there] of [
      ['subterfuge-76-1', false],
      ['subterfuge-77-1', true],
      ['subterfuge-x', true],
      ['other', true],
    ] as const)
      expect(existsSync(join(root, 'cgroup', controller, name))).toBe(there);
});
