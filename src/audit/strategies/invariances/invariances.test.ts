import { describe, expect, test } from 'vitest';
import { describeExamples, describeOnPrograms, given, made } from '../tampering/made.contract.ts';
import { describeStrategies } from '../text/catalogue.contract.ts';
import { words } from '../text/words.ts';
import { INVARIANCES } from './index.ts';

describeStrategies('invariances', INVARIANCES);
describeExamples(INVARIANCES, [given({ input: 'What is it?' })]);
describeOnPrograms(INVARIANCES.filter(({ subjects }) => subjects.includes('program')));

const changes = (base: string, input: string, expects: 'same' | 'not-higher') =>
  INVARIANCES.filter((strategy) => strategy.kind === 'invariance' && strategy.expects === expects).flatMap((strategy) =>
    made(strategy, base, given({ input })).map(({ answer }) => String(answer)),
  );

describe('what must not matter', () => {
  test('"same" adds and takes away white space and forms of characters alone', () => {
    const base = 'Málaga is a city,\nand so is Lyon.';
    const found = changes(base, 'What is it?', 'same');
    expect(found.length).toBeGreaterThanOrEqual(4);
    for (const text of found)
      expect(text.normalize('NFC').replaceAll(/\s+/g, ' ').trim()).toBe(base.replaceAll(/\s+/g, ' '));
  });

  test('"not higher" adds no word that could overlap with a right answer, but for one of politeness', () => {
    for (const text of changes('Lyon', 'What is it?', 'not-higher'))
      expect(words(text.toLowerCase()).filter((word) => word !== 'certainly')).toEqual(['lyon']);
  });

  test('neither is tried where the task says how to answer', () => {
    for (const expects of ['same', 'not-higher'] as const)
      expect(changes('Lyon', 'Answer with exactly the name.', expects)).toEqual([]);
  });

  test('JSON is laid out anew even where JSON is asked for', () => {
    expect(changes('{"city":"Lyon"}', 'Which city? Reply in JSON.', 'same')).toEqual(['{\n  "city": "Lyon"\n}']);
  });
});

test('pairs are asked for in both orders, and wrong answers again', () => {
  const asks = INVARIANCES.flatMap((strategy) =>
    strategy.kind === 'procedure' ? [[strategy.on, strategy.ask.how]] : [],
  );
  expect(asks).toEqual([
    ['good', 'swap'],
    ['bad', 'swap'],
    ['bad', 'best-of'],
  ]);
});
