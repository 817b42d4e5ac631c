import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseGate, runGate } from '../audit/gate.ts';
import { faultyAudit, hostileAudit, soundAudit } from './audit-fixture.contract.ts';
import { renderJunit } from './audit-junit.ts';
import { element, xmlDocument, xmlText } from './xml.ts';

/** Legal characters of XML 1.0 (2.2). */
const LEGAL = /^(?:[\t\n\r]|(?![\p{Cc}\uFFFE\uFFFF])[^\p{Cs}])*$/u;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const readBack = (text: string): string => text.replaceAll(/&(\w+);/g, (_all, name: string) => ENTITIES[name] ?? '?');

const counts = (xml: string): readonly (string | undefined)[] => {
  const [, tests, failures, , skipped] =
    /<testsuites [^>]*tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(xml) ?? [];
  return [tests, failures, skipped];
};

test('any text becomes legal XML that reads back as its visible form', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const out = xmlText(text);
      expect(out).toMatch(LEGAL);
      expect(out).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|apos);)/);
      expect(readBack(out).length).toBeGreaterThanOrEqual(text.replaceAll('\r', '').length);
    }),
  );
});

test('an element is closed, its attributes are quoted, a line break in one is kept visible', () => {
  const xml = xmlDocument(element('a', { title: 'x\n"y"' }, [element('b', {}), element('c', { n: 1 }, 'te<xt')]));
  expect(xml).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<a title="x\\n&quot;y&quot;">\n  <b/>\n  <c n="1">te&lt;xt</c>\n</a>\n',
  );
});

test('without a gate, each finding, fault and broken invariance is a failure', async () => {
  const view = await hostileAudit();
  const xml = renderJunit(view);
  const { findings, invariances, graderFaults } = view.report;
  const broken = invariances.filter(({ replay }) => replay !== null).length;
  const found = findings.filter(({ claim }) => claim !== 'fault').length;
  expect(found).toBeGreaterThan(1);
  expect(graderFaults.length).toBeGreaterThan(0);
  expect(counts(xml)[1]).toBe(String(found + graderFaults.length + broken));
  expect(xml).toMatch(LEGAL);
  expect(xml).not.toContain('<script>');
  expect(xml).not.toContain('\u001b');
});

test('it is red exactly where the command fails: what a gate tolerates is skipped', async () => {
  const view = await hostileAudit();
  const tolerant = renderJunit(view, runGate(view.report, [parseGate('findings>1000')]));
  expect(counts(tolerant)[1]).toBe('0');
  expect(Number(counts(tolerant)[2])).toBeGreaterThan(1);
  expect(tolerant).toContain('tolerated by the gate');
  const strict = renderJunit(view, runGate(view.report, [parseGate('findings>0')]));
  expect(Number(counts(strict)[1])).toBeGreaterThan(Number(counts(renderJunit(view))[1]));
});

test('a sound grader has no failure, one without a score has', async () => {
  expect(counts(renderJunit(await soundAudit()))[1]).toBe('0');
  const faulty = await faultyAudit();
  const passing = runGate(faulty.report, [parseGate('findings>1000')]);
  expect(Number(counts(renderJunit(faulty, passing))[1])).toBeGreaterThan(0);
});

test('earlier findings that are alive are failures', async () => {
  const view = await soundAudit();
  const repair = {
    against: 'x',
    exploits: [
      { id: 'a', strategy: 'one', now: 'dead' as const },
      { id: 'b', strategy: 'two', now: 'alive' as const },
    ],
    broken: [],
    fresh: [],
  };
  const xml = renderJunit({ ...view, report: { ...view.report, detail: { ...view.report.detail, repair } } });
  expect(counts(xml)[1]).toBe('1');
  expect(xml).toContain('two (b)');
});
