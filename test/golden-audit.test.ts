/** Audits and sealed findings that were written by earlier versions must stay readable, with their seals whole. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { functionSubject } from '../src/audit/audit.fixtures.contract.ts';
import { replay } from '../src/audit/replay.ts';
import { readFinding } from '../src/audit/seal.ts';
import { findingRecord } from '../src/record/audit-finding.ts';
import { auditRecord } from '../src/record/audit-report.ts';

const folder = new URL('./golden/', import.meta.url);
const versions = readdirSync(folder).filter((name) => name.startsWith('audit-v'));
const jsonOf = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));

test('there is a golden audit of every version', () => {
  expect(versions).toEqual(Array.from({ length: auditRecord.current }, (_, index) => `audit-v${index + 1}`));
  expect(findingRecord.current).toBe(1);
});

describe.each(versions)('%s', (version) => {
  const findings = z.array(z.unknown()).parse(jsonOf(`${version}/findings.json`));

  test('the report is read as it was written', () => {
    const raw = jsonOf(`${version}/audit.json`);
    const report = auditRecord.read(raw);
    expect(report).toEqual(raw);
    expect(report.findings.map(({ id }) => id)).toEqual(
      findings.slice(0, report.findings.length).map((finding) => readFinding(finding).id),
    );
  });

  test('every seal is whole, and every finding does again what it did', async () => {
    const grader = functionSubject((answer) => {
      if (String(answer).startsWith('0 1 2')) throw new Error('too many numbers');
      return Math.min(1, String(answer).length / 100);
    });
    expect(findings.length).toBeGreaterThan(3);
    for (const raw of findings) {
      const finding = readFinding(raw);
      expect(await replay(finding, grader), finding.strategy).toMatchObject({
        outcome: 'reproduced',
        sameGrader: false,
      });
    }
  });

  test('a changed finding is refused', () => {
    const [first] = findings;
    expect(() => readFinding({ ...z.looseObject({}).parse(first), seed: 'another' })).toThrow(
      'changed after it was sealed',
    );
  });
});
