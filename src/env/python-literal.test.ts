import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../base/json.ts';
import { jsonSchema } from '../record/json.ts';
import { wasmPython } from '../sandbox/wasm-python.ts';
import { pythonLiteral } from './python-literal.ts';

test('what Python reads is what JSON says', async () => {
  const special: Json[] = [1e21, -0.5, 1e-7, '\u2028\n\t"\\\u0000\ud800 😀', { '': [true, false, null] }];
  const values = [
    ...special,
    ...fc.sample(fc.jsonValue(), { numRuns: 200, seed: 1 }).map((one) => jsonSchema.parse(one)),
  ];
  const pairs = values.map((value) => `(${pythonLiteral(value)}, ${JSON.stringify(JSON.stringify(value))})`);
  const text = `import json\nfor said, given in [${pairs.join(',\n')}]:\n    assert said == json.loads(given), given\nprint("all")\n`;
  await using python = wasmPython({ threads: 1 });
  expect(await python.run({ files: [{ path: '/a/main.py', text }], main: '/a/main.py' })).toMatchObject({
    exitCode: 0,
    stdout: 'all\n',
  });
});
