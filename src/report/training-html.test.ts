import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { madeCell, madeMatrix } from '../train/matrix-fixture.contract.ts';
import { controlOf, trainingView } from './training-fixture.contract.ts';
import { renderTrainingReport } from './training-html.ts';

const html = renderTrainingReport(trainingView);

describe('the training report', () => {
  it('is one page that runs and loads nothing', () => {
    expect(html).not.toMatch(/<script|<img|<iframe|<link (?!rel="icon" href="data:,")|javascript:|https?:\/\//);
    const style = /<style>(.*?)<\/style>/su.exec(html)?.[1] ?? '';
    expect(html).toContain(createHash('sha256').update(style).digest('base64'));
  });

  it('holds no tag that is not closed, and no id twice', () => {
    for (const tag of ['section', 'table', 'tr', 'figure', 'svg', 'details', 'article', 'div', 'ul'])
      expect([tag, html.match(new RegExp(`<${tag}[ >]`, 'gu'))?.length]).toEqual([
        tag,
        html.match(new RegExp(`</${tag}>`, 'gu'))?.length,
      ]);
    const ids = [...html.matchAll(/ id="([^"]+)"/gu)].map((match) => match[1]);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const body = html.slice(html.indexOf('<body>'));
    const targets = [...body.matchAll(/href="#([^"]+)"/gu)].map((match) => match[1]);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('draws a panel per environment, shaded from the stage that trained it', () => {
    expect(html.match(/<figure class="panel">/gu)).toHaveLength(3);
    expect(html.match(/class="trained"/gu)).toHaveLength(1);
  });

  it('states exact counts, the rule of 97 %, the paper’s counts and its own limits', () => {
    for (const text of [
      '640/1000',
      '7/2000',
      'Wear may explain the rest',
      'nudged-rubric, well-formed without an attempt',
      'measured on 314 attempts',
      'What moves before its own training was not taught',
      '<dt>wall time</dt>',
      '45/32768',
      '7/32768',
      '54.43 %',
      'aim-driven',
      'Limits',
    ])
      expect(html).toContain(text);
    expect(html).toContain('+0.30 points');
  });

  it('says how much the monitors find, and at which rate of false alarms', () => {
    for (const text of ['at most 1 % flagged wrongly', '3 / 200', 'from 0.2', '(3/3)']) expect(html).toContain(text);
  });

  it('says aloud where a control is of another kind', () => {
    expect(html).not.toContain('Not a control of its own kind');
    const other = { ...trainingView.matrix, algorithm: 'ppo' };
    const page = renderTrainingReport({ ...trainingView, controls: [controlOf('sham', other)] });
    expect(page).toContain('Not a control of its own kind: it was trained by ppo');
  });

  it('shows the hidden thought on one side only', () => {
    const [happened = '', seen = ''] = html.split('What the overseer sees of it');
    expect(happened).toContain('I will tick it all');
    expect(seen).not.toContain('I will tick it all');
    expect(seen).toContain('done: 3 of 3');
  });

  it('draws at most some hundred points of a curve', () => {
    const points = [...html.matchAll(/<polyline class="curve" points="([^"]+)"/gu)].map(
      (m) => (m[1] ?? '').split(' ').length,
    );
    expect(points.length).toBeGreaterThan(4);
    expect(Math.max(...points)).toBeLessThanOrEqual(300);
  });

  it('escapes whatever a name holds', () => {
    const evil = '<b onmouseover=alert(1)>"&\u202e';
    const matrix = madeMatrix([madeCell('base', evil, 'gamed', 1, 4)], { recipe: evil, seed: evil });
    const page = renderTrainingReport({
      ...trainingView,
      matrix,
      command: evil,
      controls: [controlOf(evil, matrix, matrix)],
    });
    expect(page).not.toContain('<b onmouseover');
    expect(page).not.toContain('\u202e');
  });

  it('says so where nothing was measured', () => {
    const matrix = madeMatrix([madeCell('base', 'a', 'gamed', 0, 0)]);
    const page = renderTrainingReport({
      ...trainingView,
      matrix,
      updates: [],
      controls: [],
      monitors: null,
      transcripts: [],
      environments: [],
    });
    for (const text of ['No update was made', 'No control run', 'Not measured in this run', 'No transcript'])
      expect(page).toContain(text);
    expect(page).not.toContain('NaN');
  });
});
