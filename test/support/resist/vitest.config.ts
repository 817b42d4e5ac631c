import { defineConfig } from 'vitest/config';

/** A project of its own, as a user has one: run by test/audit-vitest.test.ts. */
export default defineConfig({ test: { include: ['*.case.ts'], testTimeout: 60_000, environment: 'node' } });
