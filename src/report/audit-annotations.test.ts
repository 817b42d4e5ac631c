import { expect, test } from 'vitest';
import { parseGate, runGate } from '../audit/gate.ts';
import { renderAnnotations } from './audit-annotations.ts';
import { hostileAudit, soundAudit } from './audit-fixture.contract.ts';

const location = { path: 'src/a,b:c.ts', line: 3 };

test('each is one command, whatever stands in an answer', async () => {
  const view = await hostileAudit();
  const gates = runGate(view.report, [parseGate('findings>0')]);
  const lines = renderAnnotations(view, gates, location);
  for (const line of lines) {
    expect(line).toMatch(/^::(?:notice|error|warning) file=src\/a%2Cb%3Ac\.ts,line=3,title=[^,:\n\r]+::[^\n\r]+$/);
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
});

test('the gate stands before the findings, and no level has more than GitHub shows', async () => {
  const view = await hostileAudit();
  const [finding] = view.report.findings;
  if (finding === undefined) throw new Error('the fixture has findings');
  const many = {
    ...view,
    report: {
      ...view.report,
      findings: Array.from({ length: 30 }, (_, index) => ({
        ...finding,
        witness: { ...finding.witness, answer: `${index}`, minimal: `${index}` },
      })),
    },
  };
  const lines = renderAnnotations(many, runGate(many.report, [parseGate('findings>0')]), null);
  expect(lines[0]).toMatch(/^::notice title=/);
  expect(lines[1]).toContain('audit gate failed');
  expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(10);
  expect(lines[0]).toContain('more in the report');
});

test('strategies that come down to one answer are one annotation that names them', async () => {
  const view = await hostileAudit();
  const [finding] = view.report.findings;
  if (finding === undefined) throw new Error('the fixture has findings');
  const findings = ['first', 'second', 'third'].map((strategy) => ({ ...finding, strategy }));
  const lines = renderAnnotations({ ...view, report: { ...view.report, findings } }, [], null);
  expect(lines.filter((line) => line.startsWith('::error'))).toEqual([
    expect.stringMatching(/title=first%3A.*also by second, third/),
  ]);
});

test('a clean audit is one notice', async () => {
  expect(renderAnnotations(await soundAudit(), [], location)).toHaveLength(1);
});
