/** Each example fails its gate before the repair and passes it after, and prints what its folder says that it prints. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandsOf, EXAMPLES, runExample } from './support/examples.ts';

const RECORD = 'if it should be otherwise now: node test/support/record-examples.ts';

describe.each(EXAMPLES)('$name', (example) => {
  const read = (file: string): string => readFileSync(`examples/${example.name}/${file}`, 'utf8');

  test('can be gamed before, resists after, and both print what is committed', async () => {
    const [before, after] = await runExample(example);
    expect(before.code, before.stderr).toBe(1);
    expect(before.stdout).toMatch(/ can be gamed: /);
    expect(after.code, after.stderr).toBe(0);
    expect(after.stdout).toMatch(/^Nothing that was tried games /);
    const [first, second] = commandsOf(example);
    expect(`$ npx subterfuge ${first}\n${before.stdout}`, RECORD).toBe(read('before.txt'));
    expect(`$ npx subterfuge ${second}\n${after.stdout}`, RECORD).toBe(read('after.txt'));
  }, 300_000);

  test('its README has both commands', () => {
    for (const command of commandsOf(example)) expect(read('README.md')).toContain(`npx subterfuge ${command}`);
  });
});
