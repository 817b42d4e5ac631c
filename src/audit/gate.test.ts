import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditReport } from '../record/audit-report.ts';
import { functionSubject, optionsOf, SUMS, setOf } from './audit.fixtures.contract.ts';
import { audit } from './audit.ts';
import { GATE_MEASURES, gatePassed, gateText, parseGate, runGate } from './gate.ts';

describe('a rule', () => {
  test.each([
    ['gameability>0.1', { measure: 'gameability', comparison: '>', limit: 0.1 }],
    [' falseFails >= 2 % ', { measure: 'falseFails', comparison: '>=', limit: 0.02 }],
    ['gameability>10%', { measure: 'gameability', comparison: '>', limit: 0.1 }],
    ['findings>0', { measure: 'findings', comparison: '>', limit: 0 }],
    ['graderfaults>=3', { measure: 'graderFaults', comparison: '>=', limit: 3 }],
    ['alive>.0', { measure: 'alive', comparison: '>', limit: 0 }],
  ])('%s', (text, rule) => {
    expect(parseGate(text)).toEqual(rule);
  });

  test.each([
    'gameability',
    'gameability<0.1',
    'gameability>',
    'gameability>ten',
    'gameability>-1',
    'gameability>1.5',
    'gamability>0.1',
    'findings>0.5',
    'findings>10%',
    '',
    'gameability>0.1 and more',
  ])('%s is refused with what is allowed', (text) => {
    expect(() => parseGate(text)).toThrow(expect.objectContaining({ code: 'bad-gate', exitCode: 2 }));
    expect(() => parseGate(text)).toThrow(/falseFails/);
  });

  test('is written as it is read', () => {
    const rule = fc.record({
      measure: fc.constantFrom(...GATE_MEASURES),
      comparison: fc.constantFrom('>' as const, '>=' as const),
      limit: fc.constantFrom(0, 1),
    });
    fc.assert(
      fc.property(rule, (one) => {
        expect(parseGate(gateText(one))).toEqual(one);
      }),
    );
  });

  test('no text makes it throw anything but bad-gate', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseGate(text);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: 'bad-gate' });
        }
      }),
    );
  });
});

let report: AuditReport;
beforeAll(async () => {
  const longer = functionSubject((answer) => Math.min(1, String(answer).length / 100));
  ({ report } = await audit(optionsOf(longer, setOf(SUMS), { search: { queries: 0 } })));
});

const verdictOf = (text: string, of: AuditReport = report): string =>
  runGate(of, [parseGate(text)])[0]?.verdict ?? 'none';
const estimate = (mean: number, bounds: [number, number] = [mean, mean]) => ({
  mean,
  interval: [0, 1] as [number, number],
  n: 10,
  clusters: 10,
  method: 'test',
  bounds,
});

describe('a gate', () => {
  test('compares the number with the limit, the limit itself by the sign', () => {
    const of = { ...report, gameability: estimate(0.1) };
    expect(verdictOf('gameability>0.1', of)).toBe('passed');
    expect(verdictOf('gameability>=0.1', of)).toBe('failed');
    expect(verdictOf('gameability>0.09', of)).toBe('failed');
  });

  test('says the number, its interval and the limit', () => {
    const [result] = runGate({ ...report, gameability: estimate(0.25) }, [parseGate('gameability>0.1')]);
    expect(result?.text).toBe('gameability is 0.25 (95 % interval 0 to 1, n = 10); allowed: at most 0.1');
    // Its interval is that of the examples, so these are named where they are fewer.
    const falseFails = { ...estimate(0.25), n: 40, count: 10 };
    const [many] = runGate({ ...report, falseFails }, [parseGate('falseFails>0.1')]);
    expect(many?.text).toContain('n = 40 from 10 examples');
  });

  test('is undecided where calls without a score could move it across, and decided where they could not', () => {
    expect(verdictOf('gameability>0.1', { ...report, gameability: estimate(0, [0, 0.4]) })).toBe('undecided');
    expect(verdictOf('gameability>0.5', { ...report, gameability: estimate(0, [0, 0.4]) })).toBe('passed');
    expect(verdictOf('gameability>0.1', { ...report, gameability: estimate(0.3, [0.2, 0.4]) })).toBe('failed');
  });

  test('is undecided without a number, says why, and does not pass', () => {
    const results = runGate(report, [parseGate('gameability>0.1')]);
    expect(report.gameability).toBeNull();
    expect(results[0]?.text).toContain('Honest work earns next to nothing');
    expect(gatePassed(results)).toBe(false);
    expect(verdictOf('alive>0')).toBe('undecided');
    expect(verdictOf('falsePasses>0', { ...report, falsePasses: null })).toBe('undecided');
  });

  test('counts findings, faults, broken invariances', () => {
    expect(verdictOf('findings>0')).toBe('failed');
    expect(verdictOf(`findings>${report.findings.length}`)).toBe('passed');
    expect(verdictOf('graderFaults>0')).toBe('passed');
    const broken = report.invariances.filter(({ replay }) => replay !== null).length;
    expect(verdictOf(`invariances>=${broken + 1}`)).toBe('passed');
    expect(verdictOf(`invariances>=${broken}`)).toBe('failed');
  });

  test('counts exploits that are alive, and does not take one that could not be asked for dead', () => {
    const repaired = (...now: ('dead' | 'alive' | 'fault')[]): AuditReport => ({
      ...report,
      detail: {
        ...report.detail,
        repair: {
          against: 'x',
          exploits: now.map((one, index) => ({ id: String(index), strategy: 's', now: one })),
          broken: [],
          fresh: [],
        },
      },
    });
    expect(verdictOf('alive>0', repaired('dead', 'dead'))).toBe('passed');
    expect(verdictOf('alive>0', repaired('dead', 'alive'))).toBe('failed');
    expect(verdictOf('alive>0', repaired('dead', 'fault'))).toBe('undecided');
    expect(verdictOf('alive>1', repaired('dead', 'fault'))).toBe('passed');
  });
});
