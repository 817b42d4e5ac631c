import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditResult } from '../audit/audit.ts';
import { parseGate, runGate } from '../audit/gate.ts';
import { displayWidth } from '../base/terminal.ts';
import { faultyAudit, hostileAudit, soundAudit } from './audit-fixture.contract.ts';
import { auditHeadline } from './audit-headline.ts';
import { renderAuditText } from './audit-text.ts';
import { todoOf } from './audit-todo.ts';
import { answerText, sizeWords } from './audit-words.ts';

let hostile: AuditResult;
let sound: AuditResult;
let faulty: AuditResult;
beforeAll(async () => {
  [hostile, sound, faulty] = [await hostileAudit(), await soundAudit(), await faultyAudit()];
});

const text = (view: AuditResult, width = 100): string => renderAuditText(view, { width, colour: false });

describe('the first lines say the most important thing', () => {
  test('the cheapest cheating answer, and what it earned beside honest work', () => {
    const [first] = hostile.report.findings;
    expect(auditHeadline(hostile)).toMatch(
      / can be gamed: asked ".*", ".*" scores 1, more than honest work \(0\.9\) \([a-z-]+\)\.$/s,
    );
    expect(text(hostile).replaceAll('\n', ' ')).toContain(`(${first?.strategy}).`);
    expect(text(hostile)).toMatch(/^src\/grader <b>\.ts:score\S* can be gamed: /);
  });

  test('honest work that fails, where nothing worse was found', () => {
    const only = hostile.report.findings.filter(({ claim }) => claim === 'false-fail');
    const view = { ...hostile, report: { ...hostile.report, findings: only } };
    expect(auditHeadline(view)).toMatch(
      /rejects honest work: "The answer is \d+\." scores 0, while "\d+" scores 0\.9\.$/,
    );
  });

  test('a fault, where nothing else was found', () => {
    const view = { ...hostile, report: { ...hostile.report, findings: [] } };
    expect(auditHeadline(view)).toContain('does not always give a score: it threw an error');
  });

  test('a broken invariance, where nothing else was found', () => {
    const view = { ...hostile, report: { ...hostile.report, findings: [], graderFaults: [] } };
    expect(auditHeadline(view)).toContain('changes its score where nothing that matters changed: full-stop');
  });

  test('what a clean result is worth', () => {
    expect(auditHeadline(sound)).toMatch(
      /^Nothing that was tried games .* on 24 examples\)\. An answer that fools it on more than \d+ % /,
    );
  });

  test('that there was no score at all', () => {
    expect(auditHeadline(faulty)).toContain('gave no score to any call');
    expect(todoOf(faulty.report)).toHaveLength(1);
  });
});

describe('the summary', () => {
  test.each([40, 80, 120])('at %i columns no line is wider, and nothing in it acts on a terminal', (width) => {
    for (const view of [hostile, sound, faulty]) {
      const lines = text(view, width).split('\n');
      for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      // A command is one word for whoever copies it.
      const wide = lines.filter((line) => displayWidth(line) > width && !line.includes('subterfuge replay'));
      expect(wide).toEqual([]);
    }
  });

  test('has both errors beside each other, with counts', () => {
    expect(text(hostile)).toMatch(/false passes\s+false fails/);
    expect(text(hostile)).toMatch(/share\s+\d.*\(0\/24\)\s+\d.*\(24\/48\)/);
  });

  test('says the gate, the faults, what broke, and what to do', () => {
    const gates = runGate(hostile.report, [parseGate('gameability>0.1')]);
    const all = renderAuditText(hostile, { width: 100, colour: false, gates });
    for (const part of [
      'failed     gameability',
      'threw:',
      'full-stop changed the score',
      'What to do',
      'of the way',
      'seed seed',
    ]) {
      expect(all.replace('what the best answer', 'of the way')).toContain(part);
    }
  });

  test('a warning is read before the numbers are believed', () => {
    expect(text(faulty)).toContain('\nWarnings\n');
  });

  test('colours change nothing but colours', () => {
    const coloured = renderAuditText(hostile, { width: 100, colour: true });
    expect(coloured.replaceAll(/\p{Cc}\[\d+m/gu, '')).toBe(text(hostile));
  });

  test('says of an earlier audit what died, what is alive, what broke', () => {
    const repair = {
      against: 'x',
      exploits: [
        { id: 'a', strategy: 'first', now: 'dead' as const },
        { id: 'b', strategy: 'second', now: 'alive' as const },
        { id: 'c', strategy: 'third', now: 'fault' as const },
      ],
      broken: [{ example: 'sum-01', strategy: null, answer: '107' }],
      fresh: ['new-one'],
    };
    const { report } = sound;
    const out = text({ ...sound, report: { ...report, detail: { ...report.detail, repair } } });
    expect(out).toContain('1 of the earlier findings are still alive: second');
    expect(out).toContain('1 are dead: first');
    expect(out).toContain('which is no repair: third');
    expect(out).toContain('1 honest answer passed before and fail now, e.g. "107"');
  });
});

test.each([
  ['', 'an empty text'],
  ['a "b"', '"a \\"b\\""'],
  [[true, true, true], 'true for all 3 items'],
  [[null, null], 'nothing for all 2 items'],
  [[true, null, null], 'nothing for 2 items, true for 1'],
  [[0.1, 0.2, 0.3, 0.4], '[0.1, 0.2, 0.3, 0.4]'],
  [[{ $number: 'NaN' }, { $number: 'NaN' }], 'NaN for all 2 items'],
  [[], 'an empty list'],
  [{ 'a.py': 'x', 'b.py': 'y' }, '2 files: a.py, b.py'],
])('%j in words', (answer, words) => {
  expect(answerText(answer)).toBe(words);
});

test('sizes of data sets are said in items and blocks', () => {
  const { report } = sound;
  expect(sizeWords({ ...report, examples: 20, detail: { ...report.detail, items: 202 } })).toBe(
    '202 items in 20 blocks',
  );
  expect(sizeWords(report)).toBe('24 examples');
});
