import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** In a process of its own: imports the library and prints every package that this loads. */
const IMPORTED = `
import { registerHooks } from 'node:module';
const packages = new Set();
registerHooks({
  resolve: (specifier, context, next) => {
    if (/^[@a-z]/i.test(specifier) && !/^(?:node|file|data):/.test(specifier)) packages.add(specifier);
    return next(specifier, context);
  },
});
const library = await import('./src/index.ts');
const renderers = ['renderAuditText', 'renderAuditReport', 'renderJunit', 'renderSarif', 'renderAnnotations', 'auditHeadline', 'todoOf'];
const missing = renderers.filter((name) => typeof library[name] !== 'function');
console.log(JSON.stringify({ packages: [...packages], train: typeof library.train, missing }));
`;

test('importing the library loads no optional backend', () => {
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', IMPORTED], { encoding: 'utf8' });
  const { packages, train, missing } = JSON.parse(said) as { packages: string[]; train: string; missing: string[] };
  expect(train).toBe('function');
  // What the command `audit` prints can be printed by a program.
  expect(missing).toEqual([]);
  expect(packages).toContain('zod');
  expect(packages.filter((name) => ['onnxruntime-node', 'node-llama-cpp'].includes(name))).toEqual([]);
});
