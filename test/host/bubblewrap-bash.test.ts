import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoted, readDeclarations } from '../../src/sandbox/bash-declarations.ts';

describe('bash itself', () => {
  /** Any text that a variable can hold. */
  const values = fc.array(
    fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
    {
      minLength: 20,
      maxLength: 20,
    },
  );

  it('prints back what was quoted for it', () => {
    fc.assert(
      fc.property(values, (given) => {
        const script = [...given.map((value, i) => `v${i}=${quoted(value)}`), `declare -p \${!v*}`].join('\n');
        const { stdout } = spawnSync('bash', ['--norc', '-s'], { input: script, env: { LC_ALL: 'C.UTF-8' } });
        const seen = new Map(readDeclarations(stdout)?.map(({ name, value }) => [name, value]));
        given.forEach((value, i) => {
          expect(seen.get(`v${i}`)).toBe(Buffer.from(value).toString());
        });
      }),
      { numRuns: 15 },
    );
  });
});
