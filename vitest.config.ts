import { configDefaults, defineConfig } from 'vitest/config';

const shared = { environment: 'node', testTimeout: 60_000, hookTimeout: 60_000 } as const;

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
        },
      },
      { test: { ...shared, name: 'host', include: ['test/host/**/*.test.ts', 'src/**/*.host.test.ts'] } },
      { test: { ...shared, name: 'gguf', include: ['test/gguf/**/*.test.ts'], testTimeout: 300_000 } },
    ],
  },
});
