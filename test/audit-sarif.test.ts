/** SARIF of audits against the schema of the standard, whatever stands in an answer. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { faultyAudit, hostileAudit, soundAudit } from '../src/report/audit-fixture.contract.ts';
import { renderSarif } from '../src/report/audit-sarif.ts';

const location = { path: 'src/grader two.ts', line: 7 };

/** The schema is of draft 4, of which it uses nothing that later drafts read otherwise but its name. */
const validator = () => {
  const {
    $schema: _schema,
    id: _id,
    ...schema
  } = JSON.parse(readFileSync('test/support/sarif/sarif-2.1.0.json', 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  return ajv.compile(schema);
};

const sarifSchema = z.looseObject({
  runs: z.array(
    z.looseObject({
      tool: z.looseObject({ driver: z.looseObject({ rules: z.array(z.looseObject({ id: z.string() })) }) }),
      invocations: z.array(z.looseObject({ executionSuccessful: z.boolean() })),
      results: z.array(
        z.looseObject({
          ruleId: z.string(),
          ruleIndex: z.number(),
          level: z.string(),
          message: z.looseObject({ text: z.string() }),
          partialFingerprints: z.record(z.string(), z.string()),
          locations: z.array(z.looseObject({})),
        }),
      ),
    }),
  ),
});

test('the validator refuses what is no SARIF', () => {
  const valid = validator();
  expect(valid({ version: '2.1.0', runs: [{}] })).toBe(false);
  expect(valid({ version: '2.0.0', runs: [] })).toBe(false);
});

test.each([
  ['hostile', hostileAudit],
  ['sound', soundAudit],
  ['faulty', faultyAudit],
] as const)('%s: valid with and without a location', async (_name, make) => {
  const view = await make();
  const valid = validator();
  for (const place of [location, null]) {
    valid(JSON.parse(renderSarif(view, { location: place })));
    expect(valid.errors).toBeNull();
  }
});

test('one result for each finding and each broken invariance, at the line of the grader', async () => {
  const view = await hostileAudit();
  const [run] = sarifSchema.parse(JSON.parse(renderSarif(view, { location }))).runs;
  const broken = view.report.invariances.filter(({ replay }) => replay !== null);
  expect(run?.results).toHaveLength(view.report.findings.length + broken.length);
  expect(run?.results[0]).toMatchObject({
    level: 'error',
    locations: [{ physicalLocation: { artifactLocation: { uri: 'src/grader%20two.ts' }, region: { startLine: 7 } } }],
  });
  for (const { ruleId, ruleIndex } of run?.results ?? []) {
    expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  }
  expect(new Set(run?.results.map(({ ruleId }) => ruleId))).toContain('false-pass/hostile');
});

test('no message holds a placeholder, a link or a control character of an answer', async () => {
  const [run] = sarifSchema.parse(JSON.parse(renderSarif(await hostileAudit(), { location }))).runs;
  const text = run?.results.map(({ message }) => message.text).join('\n') ?? '';
  expect(text).toContain('{{0}}');
  expect(text).toMatch(/\\\[\w+\\\]\(/);
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
});

test('the same finding has the same fingerprint whatever the seed and the version of the grader', async () => {
  const view = await hostileAudit();
  const other = {
    ...view,
    report: {
      ...view.report,
      subject: { ...view.report.subject, version: 'another' },
      detail: { ...view.report.detail, seed: '2' },
    },
  };
  const prints = (of: typeof view) =>
    sarifSchema
      .parse(JSON.parse(renderSarif(of, { location })))
      .runs.flatMap(({ results }) => results.map(({ partialFingerprints }) => partialFingerprints));
  expect(prints(other)).toEqual(prints(view));
  expect(new Set(prints(view).map((print) => JSON.stringify(print))).size).toBe(prints(view).length);
});

test('an audit without a score is no successful execution', async () => {
  const [run] = sarifSchema.parse(JSON.parse(renderSarif(await faultyAudit(), { location }))).runs;
  expect(run?.invocations).toMatchObject([{ executionSuccessful: false }]);
});
