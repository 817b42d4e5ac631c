/** The training report in a real browser: wide tables scroll in their own place, never the page, and stay readable. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trainingView } from '../../src/report/training-fixture.contract.ts';
import { renderTrainingReport } from '../../src/report/training-html.ts';

let home = '';
let browser: Browser;
let url = '';

/** As many checkpoints, and as long names, as the curriculum has. */
const wide = (): typeof trainingView => {
  const { matrix } = trainingView;
  const [first = ''] = matrix.checkpoints;
  const checkpoints = ['base', 'political-sycophancy', 'tool-use-flattery', 'nudged-rubric', 'insubordinate-rubric'];
  const atEach = <T extends { readonly checkpoint: string }>(rows: readonly T[]): T[] =>
    checkpoints.flatMap((checkpoint) =>
      rows.filter((row) => row.checkpoint === first).map((row) => ({ ...row, checkpoint })),
    );
  const { cells, capability, dense } = matrix;
  return {
    ...trainingView,
    matrix: { ...matrix, checkpoints, cells: atEach(cells), capability: atEach(capability), dense: atEach(dense) },
  };
};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-training-report-'));
  const file = join(home, 'report.html');
  await writeFile(file, renderTrainingReport(wide()));
  url = pathToFileURL(file).href;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
});
afterAll(async () => {
  await browser.close();
  await rm(home, { recursive: true, force: true });
});

/** Run in the page. */
const LOOK = `({
  page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  tables: [...document.querySelectorAll('table.results')].map((table) => ({
    name: table.caption.textContent,
    within: getComputedStyle(table.parentElement).overflowX,
    scrolls: table.parentElement.scrollWidth - table.parentElement.clientWidth,
    narrowest: Math.min(...[...table.querySelectorAll('td')].map((cell) => cell.clientWidth)),
  })),
})`;

interface Look {
  readonly page: number;
  readonly tables: readonly {
    readonly name: string;
    readonly within: string;
    readonly scrolls: number;
    readonly narrowest: number;
  }[];
}

test.each([380, 700, 1200])('at %i pixels', async (width) => {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  await page.goto(url);
  const { page: overflow, tables } = await page.evaluate<Look>(LOOK);
  await page.close();
  expect(overflow).toBeLessThanOrEqual(0);
  expect(tables.length).toBeGreaterThan(5);
  for (const { name, within, narrowest } of tables) {
    expect([name, within]).toEqual([name, 'auto']);
    // A word or a number on a line of its own is no table any more.
    expect(narrowest, name).toBeGreaterThan(60);
  }
  if (width === 380) for (const { name, scrolls } of tables) expect(scrolls, name).toBeGreaterThan(0);
});
