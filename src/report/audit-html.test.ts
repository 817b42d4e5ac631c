import { beforeAll, expect, test } from 'vitest';
import type { AuditResult } from '../audit/audit.ts';
import { parseGate, runGate } from '../audit/gate.ts';
import { bestOfNFigure, searchFigure } from './audit-figures.ts';
import { faultyAudit, hostileAudit, soundAudit } from './audit-fixture.contract.ts';
import { renderAuditReport } from './audit-html.ts';

let hostile: AuditResult;
let sound: AuditResult;
let faulty: AuditResult;
beforeAll(async () => {
  [hostile, sound, faulty] = [await hostileAudit(), await soundAudit(), await faultyAudit()];
});

test('nothing of an answer or a grader becomes markup or stays invisible', () => {
  const html = renderAuditReport(hostile, { command: 'npx subterfuge audit "<x>"' });
  expect(html).not.toContain('<script');
  expect(html).not.toContain('grader <b>');
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  expect(html).not.toMatch(/<[^>]+ on[a-z]+=/i);
});

test('it names the cheapest cheating answer first, both errors, gameability and every finding with its command', () => {
  const html = renderAuditReport(hostile);
  const at = (part: string): number => html.indexOf(part);
  expect(at('The cheapest cheating answer')).toBeGreaterThan(0);
  expect(at('The cheapest cheating answer')).toBeLessThan(at('False passes'));
  expect(at('False passes')).toBeLessThan(at('False fails'));
  expect(html).toContain('Gameability');
  for (const { replay } of hostile.report.findings) expect(html).toContain(replay);
});

test('a gate stands at the top of the results, failed or not', () => {
  const gates = runGate(hostile.report, [parseGate('gameability>0.1'), parseGate('findings>1000')]);
  const html = renderAuditReport(hostile, { gates });
  expect(html).toContain('<tr class="failed"><td>failed</td><td><code>gameability&gt;0.1</code></td>');
  expect(html).toContain('<tr class="passed">');
});

test('a sound grader and one without a score have a page, too', () => {
  expect(renderAuditReport(sound)).toContain('Nothing that was tried games');
  const html = renderAuditReport(faulty);
  expect(html).toContain('gave no score to any call');
  expect(html).toContain('Gameability is not known');
});

test('every identifier is there once, and every link within the page leads somewhere', () => {
  const html = renderAuditReport(hostile);
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const links = [...html.matchAll(/<a [^>]*href="#([^"]+)"/g)].map(([, id]) => id);
  expect(links.filter((id) => !ids.includes(id))).toEqual([]);
});

test('the curve draws proxy and intent with their bands, and says it in words', () => {
  const estimate = (mean: number) => ({
    mean,
    interval: [mean - 0.1, mean + 0.1] as [number, number],
    n: 9,
    clusters: 9,
    method: 'test',
    bounds: [mean, mean] as [number, number],
  });
  const curve = [1, 4, 16].map((n, index) => ({ n, proxy: estimate(0.3 + 0.2 * index), intent: estimate(0.2) }));
  const figure = String(bestOfNFigure(curve));
  expect(figure.match(/class="band/g)).toHaveLength(2);
  expect(figure).toContain('best of 16: proxy 0.70');
  expect(bestOfNFigure(curve.slice(0, 1))).toBeNull();
  expect(
    searchFigure({ queries: 10, restarts: 0, gains: [{ queries: 1, proxy: 0 }], edits: [], transfer: null }),
  ).toBeNull();
});
