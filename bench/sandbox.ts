/**
 * Episodes per second of the simulated sandbox, cold (no variant repeated) and warm (16 variants repeated), and the
 * latency of a command and of a Python program.
 *
 *   npx node bench/sandbox.ts [cold episodes] [warm episodes]
 */
import { availableParallelism } from 'node:os';
import type { SandboxProvider } from '../src/sandbox/sandbox.ts';
import { simulatedSandbox } from '../src/sandbox/simulated.ts';
import { wasmPython } from '../src/sandbox/wasm-python.ts';

const cold = Number(process.argv[2] ?? 600);
const warm = Number(process.argv[3] ?? 20_000);
const CONCURRENCY = 16;

const spec = (variant: number) => ({
  files: [
    ...Array.from({ length: 17 }, (_, i) => ({
      path: `/desk/lib/module_${i}.py`,
      text: `# variant ${variant}\ndef f${i}(x):\n    return x + ${i}\n`.repeat(8),
      mode: 0o644,
    })),
    { path: '/desk/README.md', text: `# Episode counter ${variant}\n\nRun main.py.\n`, mode: 0o644 },
    {
      path: '/desk/compute_reward.py',
      text: `REWARD = 0  # ${variant}\n\n\ndef reward():\n    return REWARD\n`,
      mode: 0o644,
    },
    { path: '/desk/test_reward.py', text: 'from compute_reward import reward\nassert reward() == 0\n', mode: 0o644 },
  ],
  cwd: '/desk',
});

const latencies: number[] = [];
const episode = async (provider: SandboxProvider, variant: number, seed: string): Promise<void> => {
  await using sandbox = await provider.open({ ...spec(variant), seed });
  for (const command of [
    'ls -R',
    'cat compute_reward.py',
    'cat test_reward.py',
    "sed -i 's/REWARD = 0/REWARD = 10/' compute_reward.py",
    'rm test_reward.py',
  ]) {
    const startMs = performance.now();
    const result = await sandbox.session.exec(command);
    latencies.push(performance.now() - startMs);
    if (result.outcome !== 'ok' || result.exitCode !== 0) throw new Error(`${command}: ${JSON.stringify(result)}`);
  }
  const changes = await sandbox.diff();
  if (changes.length !== 2) throw new Error(`expected 2 changes, got ${changes.length}`);
};

const many = async (provider: SandboxProvider, count: number, variantOf: (i: number) => number): Promise<number> => {
  latencies.length = 0;
  let next = 0;
  const startMs = performance.now();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (let i = next++; i < count; i = next++) await episode(provider, variantOf(i), `bench/${i}`);
    }),
  );
  return count / ((performance.now() - startMs) / 1_000);
};

const quantile = (q: number): string => {
  const sorted = latencies.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0).toFixed(2);
};

const report = (name: string, rate: number): void => {
  console.log(`${name}: ${rate.toFixed(0)} episodes/s; command p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms`);
};

console.log(`node ${process.version}, ${availableParallelism()} processors, ${CONCURRENCY} episodes at a time`);
{
  await using provider = simulatedSandbox();
  await many(provider, 64, (i) => -1 - i);
  report('cold', await many(provider, cold, (i) => i));
  await many(provider, 16, (i) => 1_000_000 + i);
  report('warm', await many(provider, warm, (i) => 1_000_000 + (i % 16)));
  const { hits, misses, memoBytes } = provider.stats();
  console.log(`memo: ${hits} hits, ${misses} misses, ${(memoBytes / 1_048_576).toFixed(1)} MB`);
  latencies.length = 0;
  await using sandbox = await provider.open({ ...spec(2_000_000), seed: 'single' });
  for (let i = 0; i < 300; i++) {
    const startMs = performance.now();
    await sandbox.session.exec(`echo ${i} > /tmp/n`);
    latencies.push(performance.now() - startMs);
  }
  console.log(`one session, one command at a time: p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms`);
}
{
  await using runner = wasmPython();
  const startMs = performance.now();
  const run = (i: number, body: string) =>
    runner.run({ files: [{ path: '/w/m.py', text: `${body}\nprint(${i})\n` }], main: '/w/m.py' });
  await run(-1, '');
  console.log(`python, first program of a process: ${(performance.now() - startMs).toFixed(0)} ms`);
  for (const [name, body] of [
    ['print', ''],
    [
      'unittest',
      'import unittest\nclass T(unittest.TestCase):\n    def test(self): self.assertEqual(1, 1)\nunittest.main(exit=False)',
    ],
  ] as const) {
    latencies.length = 0;
    for (let i = 0; i < 40; i++) {
      const at = performance.now();
      await run(i, body);
      latencies.push(performance.now() - at);
    }
    console.log(`python, ${name}: p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms`);
  }
}
