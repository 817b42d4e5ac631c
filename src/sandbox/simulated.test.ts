import { describe, expect, it } from 'vitest';
import { sandboxContract } from './sandbox.contract.ts';
import { type SimulatedProvider, simulatedSandbox } from './simulated.ts';

sandboxContract({
  name: 'simulated',
  provider: () => simulatedSandbox({ threads: 2 }),
  pending: (provider) => (provider as SimulatedProvider).stats().pending,
});

const SPEC = { files: [{ path: '/w/a', text: 'a\n', mode: 0o644 }], cwd: '/w', seed: 's' };

describe('memo', () => {
  it('answers what it knows without a worker, whatever the seed', async () => {
    await using provider = simulatedSandbox({ threads: 1 });
    for (const seed of ['1', '2', '3']) {
      await using sandbox = await provider.open({ ...SPEC, seed });
      expect((await sandbox.session.exec('cat a; echo b > b')).stdout).toBe('a\n');
      expect((await sandbox.session.exec('cat b')).stdout).toBe('b\n');
    }
    expect(provider.stats()).toMatchObject({ hits: 4, misses: 2 });
  });

  it('looks at the seed where random numbers were drawn', async () => {
    await using provider = simulatedSandbox({ threads: 1 });
    const draw = async (seed: string): Promise<string> => {
      await using sandbox = await provider.open({ ...SPEC, seed });
      return (await sandbox.session.exec('echo $RANDOM')).stdout;
    };
    const first = await draw('1');
    expect(await draw('2')).not.toBe(first);
    expect(await draw('1')).toBe(first);
    expect(provider.stats()).toMatchObject({ hits: 1, misses: 2 });
  });

  it('never remembers a time-out', async () => {
    await using provider = simulatedSandbox({ threads: 1 });
    for (let i = 0; i < 2; i++) {
      await using sandbox = await provider.open(SPEC);
      expect((await sandbox.session.exec('sleep 100', { timeoutMs: 50 })).outcome).toBe('timeout');
    }
    expect(provider.stats()).toMatchObject({ hits: 0, misses: 2 });
  });

  it('stays within its bytes, and can be switched off', async () => {
    await using small = simulatedSandbox({ threads: 1, memoBytes: 20_000 });
    await using none = simulatedSandbox({ threads: 1, memoBytes: 0 });
    for (const provider of [small, none]) {
      await using sandbox = await provider.open(SPEC);
      for (let i = 0; i < 20; i++) await sandbox.session.exec(`seq ${i} 500 > f`);
    }
    expect(small.stats().memoBytes).toBeLessThanOrEqual(20_000);
    expect(none.stats()).toMatchObject({ memoBytes: 0, hits: 0 });
  });
});

describe('partial writes', () => {
  it('are kept where the guest was stopped softly, and undone where its worker was killed', async () => {
    await using provider = simulatedSandbox({ threads: 1 });
    await using sandbox = await provider.open({ ...SPEC, limits: { commandMs: 2_500 } });
    const soft = await sandbox.session.exec('echo kept > kept; sleep 100');
    expect(soft.changes.map((change) => change.path)).toEqual(['/w/kept']);
    const hard = await sandbox.session.exec(
      // No interrupt reaches the interpreter inside one operation.
      'echo lost > lost; python3 -c "sum(range(10 ** 13))"',
    );
    expect(hard).toMatchObject({ outcome: 'timeout', changes: [] });
    expect((await sandbox.session.exec('ls')).stdout).toBe('a\nkept\n');
  });
});

it('a guest whose worker was killed reads nothing of the host', async () => {
  await using provider = simulatedSandbox({ threads: 1, residentMb: 20 });
  await using sandbox = await provider.open(SPEC);
  const died = await sandbox.session.exec('python3 -c "sum(range(10 ** 10))"');
  expect(died).toMatchObject({ outcome: 'shell-died', exitCode: null, stdout: '', stderr: 'Killed\n', changes: [] });
  expect(died.limit).toMatch(/more than 20 MB/);
});
