/** The report as a reader meets it: a real browser, nothing fetched, nothing run, nothing cut off. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli } from '../support/cli.ts';

let home = '';
let browser: Browser;
let url = '';

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-report-'));
  const args = ['eval', '--model', 'scripted:exploit', '--env', 'all', '--n', '16', '--out', 'run', '--quiet'];
  const { code, stderr } = await cli(args, { cwd: home });
  expect(code, stderr).toBe(0);
  url = pathToFileURL(join(home, 'run', 'report.html')).href;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
});

afterAll(async () => {
  await browser.close();
  await rm(home, { recursive: true, force: true });
});

const open = async (width: number, look: (page: Page) => Promise<void>): Promise<void> => {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  await look(page);
  expect(requests).toEqual([url]);
  expect(complaints).toEqual([]);
  await context.close();
};

describe.each([380, 1200])('at %i pixels', (width) => {
  test('the page asks for nothing, runs nothing, and never scrolls sideways', async () => {
    await open(width, async (page) => {
      expect(await page.locator('script').count()).toBe(0);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow).toBeLessThanOrEqual(0);
    });
  });

  test('it names every environment, with its rate of gaming and interval', async () => {
    await open(width, async (page) => {
      const text = await page.locator('body').innerText();
      for (const name of ['political-sycophancy', 'tool-use-flattery', 'nudged-rubric', 'reward-tampering']) {
        expect(text).toContain(name);
      }
      expect(text).toMatch(/100\.0 %/);
      expect(text).toMatch(/\[\d+\.\d, 100\.0\]|\d+\.\d–100\.0/);
    });
  });

  test('a transcript opens and shows the hidden thought, the commands and what changed', async () => {
    await open(width, async (page) => {
      const transcript = page.locator('details').filter({ hasText: 'reward-tampering/' }).first();
      await transcript.locator('summary').first().click();
      const text = await transcript.innerText();
      expect(text).toMatch(/hidden/i);
      expect(text).toMatch(/PASS/i);
      expect(text).toMatch(/FAIL/i);
    });
  });
});
