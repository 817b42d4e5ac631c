import { expect, it } from 'vitest';
import { cut } from './output.ts';

it('keeps what fits', () => {
  expect(cut('abc', 3)).toEqual({ text: 'abc', truncated: false });
  expect(cut('', 0)).toEqual({ text: '', truncated: false });
});

it('cuts between characters', () => {
  expect(cut('aé€😀', 3)).toEqual({ text: 'aé', truncated: true });
  expect(cut('aé€😀', 6)).toEqual({ text: 'aé€', truncated: true });
  expect(cut('aé€😀', 9)).toEqual({ text: 'aé€', truncated: true });
  expect(cut('aé€😀', 10)).toEqual({ text: 'aé€😀', truncated: false });
});

it('makes lone surrogates readable', () => {
  expect(cut('a\ud800b', 10)).toEqual({ text: 'a\ufffdb', truncated: false });
});
