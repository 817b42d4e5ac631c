import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutAtStop } from '../../policy/tags.ts';
import { stopText } from './stop-text.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '漢'), maxLength: 40 });
const stops = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength: 4 }), { maxLength: 3 });

test('stops at the bytes that complete the first stop sequence, however the text is cut into pieces', () => {
  fc.assert(
    fc.property(letters, stops, fc.array(fc.nat(5)), (text, stop, cuts) => {
      const bytes = Buffer.from(text, 'utf8');
      const written = stopText(stop);
      let at = 0;
      let stopped = false;
      for (let i = 0; at < bytes.length && !stopped; i++) {
        const end = Math.min(bytes.length, at + 1 + (cuts[i] ?? 0));
        stopped = written.push(bytes.subarray(at, end));
        at = end;
      }
      const shown = bytes.subarray(0, at);
      const expected = cutAtStop(shown.toString('utf8'), stop);
      return stopped === expected.cut && written.text() === expected.text;
    }),
  );
});

test('a sequence over many tokens ends the text before it', () => {
  const written = stopText(['</bash>']);
  const pieces = ['ls', ' <', '/ba', 'sh', '>x'].map((piece) => Buffer.from(piece));
  expect(pieces.map((piece) => written.push(piece))).toEqual([false, false, false, false, true]);
  expect(written.text()).toBe('ls ');
});

test('text grows without bound', () => {
  const written = stopText(['!']);
  for (let i = 0; i < 1_000; i++) written.push(Buffer.from('ab'));
  expect(written.text()).toBe('ab'.repeat(1_000));
});
