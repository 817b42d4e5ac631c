import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RECORD_FILE, recordBeside } from './sweep-files.ts';

test('tables have their matrices beside them, whatever they are called', () => {
  expect(recordBeside(join('recipes', 'RESULTS.md'))).toEqual([join('recipes', RECORD_FILE)]);
  expect(recordBeside(join('docs', 'Tables.md'))).toEqual([join('docs', 'tables.json')]);
  expect(recordBeside('tables')).toEqual(['tables.json']);
  // The tables would be lost.
  expect(recordBeside('tables.json')).toEqual([]);
});
