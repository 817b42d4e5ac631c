import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

/** They are there to end what hangs. A machine that is busy with other things takes many times as long over what does not. */
const shared = { environment: 'node', testTimeout: 240_000, hookTimeout: 240_000 } as const;

const MEMORY = '/dev/shm';
/** Several times what the tests ever hold at once. Containers often have 64 MB there, which is too little. */
const ENOUGH_BYTES = 4 * 1024 ** 3;

const memoryBytes = (): number => {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize;
  } catch {
    // No such folder: not Linux.
    return 0;
  }
};

/**
 * Where tests write, if the system has a folder in memory. A run is flushed to disk at every record, and tests make runs by the
 * hundred: a third of their time was spent waiting for the disk. What they prove is the same, since a killed process loses
 * nothing that it has written, on a disk or not.
 */
const temporaryFolder = (): Readonly<Record<string, string>> => {
  if (memoryBytes() < ENOUGH_BYTES) return {};
  const folder = mkdtempSync(join(MEMORY, 'subterfuge-tests-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return { TMPDIR: folder };
};

/**
 * Every process and thread that a test starts runs the source, and would strip its types and compile it anew: three quarters
 * of the time of a short command. Node keeps the result here, by the content of each file.
 */
const compileCache = { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/subterfuge-tests') };

/** `unit` needs nothing but Node. `host` needs bubblewrap, Chromium, and Python with pytest. `gguf` needs node-llama-cpp and a model file. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ['default', './test/summary-reporter.ts'],
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'test/*.test.ts',
            'test/engine/*.test.ts',
            'interop/**/*.test.ts',
            'models/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          exclude: [...configDefaults.exclude, '**/*.host.test.ts'],
          env: { ...compileCache, ...temporaryFolder() },
        },
      },
      {
        test: {
          ...shared,
          name: 'host',
          include: ['test/host/**/*.test.ts', 'src/**/*.host.test.ts'],
          // Not in memory: an enclosed program sees none of the folders there.
          env: compileCache,
        },
      },
      {
        test: { ...shared, name: 'gguf', include: ['test/gguf/**/*.test.ts'], testTimeout: 300_000, env: compileCache },
      },
    ],
  },
});
