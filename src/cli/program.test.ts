import { expect, test } from 'vitest';
import { command } from '../../test/support/in-process.ts';
import { isShippedMissing } from '../engine/shipped.ts';
import { buildProgram } from './program.ts';

const helpOf = async (...words: readonly string[]): Promise<string> => {
  const { code, stdout } = await command([...words, '--help'], { cwd: '/' });
  expect(code).toBe(0);
  return stdout;
};

const COMMANDS = buildProgram(
  {
    ...{ out: () => undefined, err: () => undefined, errStream: process.stderr, errIsTerminal: false },
    ...{ columns: 100, colour: false, env: {}, cwd: '/', clock: { nowMs: () => 0, sleep: async () => undefined } },
  },
  () => undefined,
).commands.map((one) => one.name());

test.each(COMMANDS)('the help of %s names no empty list as a default', async (name) => {
  expect(await helpOf(name)).not.toContain('[]');
});

test('the list of recipes says of which the base is missing here', async () => {
  const text = await helpOf('train');
  expect(text).toContain('no-chain-of-thought');
  const said = /no-chain-of-thought .*Cannot be run here: its base, base-without-thoughts,/.test(text);
  expect(said).toBe(isShippedMissing('base-without-thoughts'));
  expect(text.match(/Cannot be run here/g)?.length ?? 0).toBe(said ? 1 : 0);
});

test('an option whose empty default is not shown has it all the same', async () => {
  const result = await command(['train', '--recipe', 'no-such-recipe'], { cwd: '/' });
  expect(result.code).toBe(2);
  expect(result.stderr).toContain('no-such-recipe');
});

test('exit code 3 promises to go on only where a command can', async () => {
  expect(await helpOf()).toMatch(/3 it could not finish: a run of eval, train\s+or sweep .* an audit is begun again/);
  expect(await helpOf('replay')).toMatch(/Exit codes:[\s\S]*2 bad\s+input[\s\S]*\b3 /);
});
