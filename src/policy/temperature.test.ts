import { expect, test } from 'vitest';
import { scriptedModel } from './scripted.ts';
import { checkTemperature } from './temperature.ts';

test('only a model that has a temperature of its own goes without, and the error says so', async () => {
  await using model = scriptedModel('scripted:gold', () => ({ name: 'gold', steps: [], final: { text: '' } }));
  const { hasOwnTemperature: _own, ...local } = model;
  expect(() => checkTemperature(null, model, '--temperature none')).not.toThrow();
  expect(() => checkTemperature(0, local, '--temperature 0')).not.toThrow();
  const without = { ...model, spec: 'no-temperature:openai:x', sendsNoTemperature: true };
  expect(() => checkTemperature(null, without, '--temperature none')).not.toThrow();
  expect(() => checkTemperature(1, without, '--temperature none')).toThrow(
    expect.objectContaining({
      code: 'options-clash',
      given: 'temperature 1 for no-temperature:openai:x',
      todo: 'Say it once: openai:x with --temperature none',
    }),
  );
  expect(() => checkTemperature(null, local, '--temperature none')).toThrow(
    expect.objectContaining({
      code: 'no-temperature',
      exitCode: 2,
      given: '--temperature none for scripted:gold',
      allowed: 'a number of at least 0',
    }),
  );
});
