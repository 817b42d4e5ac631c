import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ExampleSet, ExampleSource, FieldMap } from '../example.ts';
import { loadExamples } from '../example.ts';

const folder = mkdtempSync(join(tmpdir(), 'examples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const load = async (
  name: string,
  content: string | Uint8Array,
  fields: FieldMap = {},
  task: ExampleSource['task'] = null,
): Promise<ExampleSet> => {
  writeFileSync(join(folder, name), content);
  return await loadExamples({ path: name, rows: [], fields, task }, folder);
};

const three = [
  ['2+2?', '4'],
  ['3+3?', '6'],
  ['Capital, "of" France?', 'Paris'],
] as const;

/** Written by hyparquet-writer 0.17 with Snappy: question (text, the last one null), gold, level (INT64), when (TIMESTAMP). */
const PARQUET = Buffer.from(
  'UEFSMRUGFSQVKFwVBhUCFQYVABUEFQAAAAMDEDwEAAAAMisyPwQAAAAzKzM/FQYVIhUmXBUGFQAVBhUAFQQVAAAAAwcPOAEAAAA0AQAAADYBAAAAOBUGFTQVLFwVBhUAFQYVABUEFQAAAAMHGAQBAAkBAAIJByAAAwAAAAAAAAAVBhU0FShcFQYVABUGFQAVBBUAAAADBxgAAA0BAAENCBwCAAAAAAAAABUEGVxIBHJvb3QVCAAVDCUCGAhxdWVzdGlvbiUAABUMJQIYBGdvbGQlAAAVBCUCGAVsZXZlbAAVBCUCGAR3aGVuJRIAFgYZHBlMJggcFQwZFQAZGAhxdWVzdGlvbhUCFgYWThZSJgg8NgIoBDMrMz8YBDIrMj8AGRwVBhUAFQIAAAAmWhwVDBkVABkYBGdvbGQVAhYGFkwWUCZaPDYAKAE4GAE0ABkcFQYVABUCAAAAJqoBHBUEGRUAGRgFbGV2ZWwVAhYGFl4WViaqATw2ACgIAwAAAAAAAAAYCAEAAAAAAAAAABkcFQYVABUCAAAAJoACHBUEGRUAGRgEd2hlbhUCFgYWXhZSJoACPDYAKAgCAAAAAAAAABgIAAAAAAAAAAAAGRwVBhUAFQIAAAAW1gIWBjbKAgAoCWh5cGFycXVldBlMHAAAHAAAHAAAHAAAAFABAABQQVIx',
  'base64',
);

describe('the same examples in every format', () => {
  const rows = three.map(([input, reference]) => ({ input, reference }));
  const csv = (comma: string): string =>
    [
      'input,reference'.replace(',', comma),
      ...three.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(comma)),
    ].join('\r\n');

  test.each([
    ['a.jsonl', rows.map((row) => JSON.stringify(row)).join('\n')],
    ['b.jsonl', `\uFEFF${rows.map((row) => `${JSON.stringify(row)}\r\n\r\n`).join('')}`],
    ['c.ndjson', rows.map((row) => JSON.stringify(row)).join('\n')],
    ['d.json', JSON.stringify(rows, null, 2)],
    ['e.json', JSON.stringify({ version: 1, examples: rows })],
    ['f.csv', csv(',')],
    ['g.csv', `\uFEFF${csv(';')}\r\n`],
    ['h.tsv', csv('\t')],
    [
      'i.jsonl',
      Buffer.concat([
        Buffer.from([0xff, 0xfe]),
        Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'), 'utf16le'),
      ]),
    ],
  ])('%s', async (name, content) => {
    const set = await load(name, content);
    expect(set).toMatchObject({ task: 'text', items: 3, source: name, whole: null });
    expect(set.examples.map(({ input, reference, knownGood }) => [input, reference, knownGood])).toEqual(
      three.map(([input, reference]) => [input, reference, [reference]]),
    );
    const inline = await loadExamples({ path: null, rows, fields: {}, task: null }, folder);
    expect([inline.hash, inline.examples]).toEqual([set.hash, set.examples]);
  });

  test('Parquet, with integers and dates', async () => {
    const { examples } = await load('a.parquet', PARQUET);
    expect(examples).toMatchObject([
      {
        input: '2+2?',
        reference: '4',
        fields: { question: '2+2?', gold: '4', level: 1, when: '1970-01-01T00:00:00.000Z' },
      },
      { input: '3+3?', reference: '6', fields: { level: 2 } },
      { input: null, reference: '8', fields: { level: 3, when: '1970-01-01T00:00:00.002Z' } },
    ]);
  });

  test('nothing at all', async () => {
    const none = await loadExamples({ path: null, rows: [], fields: {}, task: null }, folder);
    expect(none).toMatchObject({ task: 'text', examples: [], items: 0, source: 'inline', whole: null });
  });
});

/** Every one of these must say where, what and what to do. */
const MALFORMED: readonly (readonly [name: string, content: string | Uint8Array, code: string, says: RegExp])[] = [
  ['comma.jsonl', '{"input": "a", "reference": "b"}\n{"input": "a",}', 'unreadable-examples', /line 2/],
  [
    'list.jsonl',
    '{"input": "a", "reference": "b"}\n\n["a", "b"]',
    'unreadable-examples',
    /line 3[\s\S]*a list|a list[\s\S]*line 3/,
  ],
  ['pretty.jsonl', '{\n  "input": "a"\n}', 'unreadable-examples', /line 1[\s\S]*\.json/],
  ['open.json', '[\n  {"input": "a"},\n  {"input": "b"', 'unreadable-examples', /line 3/],
  ['words.json', '[\n{"input": "a"},\nnonsense]', 'unreadable-examples', /line 3/],
  ['object.json', '{"input": "a"}', 'unreadable-examples', /line 1[\s\S]*list|list[\s\S]*line 1/],
  ['number.json', '[{"input": "a", "reference": "b"}, 7]', 'unreadable-examples', /row 2/],
  ['cells.csv', 'input,reference\na,b\n"c\nd",e\nf,g,h\n', 'unreadable-examples', /line 5/],
  ['quote.csv', 'input,reference\na,b\nc,"d\ne,f\n', 'unreadable-examples', /line 3/],
  ['twice.csv', 'input,input\na,b\n', 'unreadable-examples', /line 1/],
  [
    'latin.jsonl',
    Buffer.concat([
      Buffer.from('{"input":"a","reference":"b"}\n{"input":"'),
      Buffer.from([0xe9, 0x22]),
      Buffer.from('}'),
    ]),
    'unreadable-examples',
    /line 2[\s\S]*UTF-8|UTF-8[\s\S]*line 2/,
  ],
  ['empty.jsonl', '\n\n', 'unreadable-examples', /no rows/],
  ['header.csv', 'input,reference\n', 'unreadable-examples', /no rows/],
  ['broken.parquet', 'PAR1 this is none', 'unreadable-examples', /broken\.parquet/],
  ['ending.xlsx', 'x', 'no-such-format', /\.jsonl/],
  ['empty-row.jsonl', '{"input": "a"}\n{"other": 1}', 'unreadable-examples', /line 2/],
  [
    'options.jsonl',
    '{"input": "a", "reference": "b", "options": "c"}',
    'unreadable-examples',
    /line 1[\s\S]*options|options[\s\S]*line 1/,
  ],
  ['ids.jsonl', '{"id": 1, "input": "a"}\n{"id": "1", "input": "b"}', 'unreadable-examples', /line 2/],
  ['truth.csv', 'input,answer,correct\na,b,true\nc,d,maybe\n', 'unreadable-examples', /line 3/],
  ['some-truth.csv', 'input,answer,correct\na,b,true\nc,d,\n', 'mixed-rows', /line 3/],
  ['some-labels.csv', 'text,label\na,1\nb,\n', 'mixed-rows', /line 3/],
  [
    'some-pairs.jsonl',
    '{"prompt":"a","chosen":"b","rejected":"c"}\n{"prompt":"a","chosen":"b"}',
    'mixed-rows',
    /line 2/,
  ],
];

describe('a malformed file', () => {
  test.each(MALFORMED)('%s', async (name, content, code, says) => {
    const failing = load(name, content);
    await expect(failing).rejects.toMatchObject({ code, exitCode: 2, message: expect.stringMatching(says) });
    await expect(failing).rejects.toMatchObject({
      todo: expect.stringMatching(/\S/),
      given: expect.stringContaining(name),
    });
  });

  test('that is not there', async () => {
    const failing = loadExamples({ path: 'no/such.jsonl', rows: [], fields: {}, task: null }, folder);
    await expect(failing).rejects.toMatchObject({ code: 'unreadable-examples', given: 'no/such.jsonl' });
  });
});

test('half a character in a row is replaced, since nothing that holds it can be sealed', async () => {
  const rows = [{ input: 'a \ud83d b', good: ['\udc00'], extra: { '\ud83d': ['\ud83d'] } }];
  const set = await loadExamples({ path: null, rows, fields: {}, task: null }, folder);
  expect(set.examples[0]).toMatchObject({
    input: 'a \ufffd b',
    knownGood: ['\ufffd'],
    fields: { extra: { '\ufffd': ['\ufffd'] } },
  });
});
