/** Outputs of an audit as others read them: the page in a browser, JUnit in a library that build servers' tools use. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseGate, runGate } from '../../src/audit/gate.ts';
import { visible } from '../../src/base/terminal.ts';
import { HOSTILE, hostileAudit, soundAudit } from '../../src/report/audit-fixture.contract.ts';
import { renderAuditReport } from '../../src/report/audit-html.ts';
import { renderJunit } from '../../src/report/audit-junit.ts';

const INTEROP = fileURLToPath(new URL('../../interop/junit', import.meta.url));
const PYTHON = join(INTEROP, '.venv', 'bin', 'python');

const readSchema = z.object({
  tests: z.number(),
  failures: z.number(),
  skipped: z.number(),
  cases: z.array(
    z.object({
      suite: z.string(),
      name: z.string(),
      classname: z.string(),
      failures: z.array(z.object({ type: z.string(), message: z.string(), text: z.string() })),
      skipped: z.boolean(),
    }),
  ),
});

let home = '';
let browser: Browser;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-audit-report-'));
  if (!existsSync(PYTHON)) {
    execFileSync('python3', ['-m', 'venv', join(INTEROP, '.venv')]);
    execFileSync(PYTHON, ['-m', 'pip', 'install', '--quiet', '-r', join(INTEROP, 'requirements.txt')]);
  }
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
});
afterAll(async () => {
  await browser.close();
  await rm(home, { recursive: true, force: true });
});

const consumed = async (xml: string) => {
  const file = join(home, 'junit.xml');
  await writeFile(file, xml);
  return readSchema.parse(JSON.parse(execFileSync(PYTHON, [join(INTEROP, 'read.py'), file], { encoding: 'utf8' })));
};

describe('junitparser', () => {
  test('counts what the audit counted, and reads each message as it was written', async () => {
    const view = await hostileAudit();
    const read = await consumed(renderJunit(view));
    const failed = read.cases.filter(({ failures }) => failures.length > 0);
    expect([read.tests, read.failures]).toEqual([read.cases.length, failed.length]);
    const names = failed.map(({ name }) => name);
    for (const { claim, strategy } of view.report.findings) if (claim !== 'fault') expect(names).toContain(strategy);
    const hostile = failed.find(({ name }) => name === 'hostile')?.failures[0];
    expect(hostile?.type).toBe('false-pass');
    expect(hostile?.text).toContain('replay: npx subterfuge replay findings/');
    expect(hostile?.text).toContain(visible(HOSTILE, { newlines: true }).replaceAll('\ufffe', String.raw`\ufffe`));
    expect(hostile?.text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  test('sees a gate that tolerates as skipped cases', async () => {
    const view = await hostileAudit();
    const read = await consumed(renderJunit(view, runGate(view.report, [parseGate('findings>1000')])));
    expect(read.failures).toBe(0);
    expect(read.cases.filter(({ skipped }) => skipped)).toHaveLength(read.skipped);
    expect(read.skipped).toBeGreaterThan(0);
  });

  test('sees a sound grader as all passed', async () => {
    expect(await consumed(renderJunit(await soundAudit()))).toMatchObject({ failures: 0, skipped: 0 });
  });
});

describe.each([380, 1200])('the page at %i pixels', (width) => {
  test('asks for nothing, runs nothing, never scrolls sideways, and names the cheapest cheating answer', async () => {
    const view = await hostileAudit();
    const file = join(home, 'report.html');
    await writeFile(file, renderAuditReport(view, { gates: runGate(view.report, [parseGate('gameability>0.1')]) }));
    const url = pathToFileURL(file).href;
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const page = await context.newPage();
    const seen: string[] = [];
    page.on('request', (request) => seen.push(request.url()));
    page.on('console', (message) => seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    page.on('dialog', (dialog) => seen.push(dialog.message()));
    await page.goto(url);
    expect(await page.locator('script').count()).toBe(0);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    const text = await page.locator('body').innerText();
    expect(text).toContain('can be gamed');
    expect(text.toLowerCase()).toContain('the cheapest cheating answer');
    expect(seen).toEqual([url]);
    expect(readFileSync(file, 'utf8')).not.toContain('<script');
    await context.close();
  });
});
