import { expect, test } from 'vitest';
import { openingState } from './opening.ts';
import { DEFAULT_SANDBOX_LIMITS } from './sandbox.ts';
import { stateSandbox, type Transit } from './state-sandbox.ts';
import { cutShort } from './transition.ts';

const SPEC = { files: [], cwd: '/w', seed: 's' };
const limits = DEFAULT_SANDBOX_LIMITS;

/** A command that ends when it is told to, and never otherwise. */
const endless = () => {
  const signals: AbortSignal[] = [];
  const transit: Transit = (_, state, { signal }) => {
    signals.push(signal);
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(cutShort(state, { kind: 'killed' }, signal, 'guest')));
    });
  };
  return { signals, sandbox: stateSandbox(transit, { spec: SPEC, limits, opening: openingState(SPEC, limits) }) };
};

test('closing stops the command that runs, and those that wait never begin', async () => {
  const { signals, sandbox } = endless();
  const commands = ['first', 'second'].map((command) => sandbox.session.exec(command));
  await Promise.resolve();
  await sandbox[Symbol.asyncDispose]();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  for (const result of await Promise.all(commands)) expect(result.outcome).toBe('sandbox-lost');
});

test('a command may be given up and the next one stopped by closing', async () => {
  const { signals, sandbox } = endless();
  const given = new AbortController();
  const first = sandbox.session.exec('first', { signal: given.signal });
  await Promise.resolve();
  given.abort();
  expect((await first).outcome).toBe('timeout');
  const second = sandbox.session.exec('second');
  await Promise.resolve();
  await sandbox[Symbol.asyncDispose]();
  expect((await second).outcome).toBe('sandbox-lost');
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});
