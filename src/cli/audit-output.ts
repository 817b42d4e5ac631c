/** The files of an audit: `audit.json`, `report.html` and one sealed file for each finding. */
import { readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { AuditResult } from '../audit/audit.ts';
import type { Previous } from '../audit/repair.ts';
import { readFinding } from '../audit/seal.ts';
import { inputError, messageOf } from '../base/errors.ts';
import { rng } from '../base/rng.ts';
import type { Finding } from '../record/audit-finding.ts';
import { auditRecord } from '../record/audit-report.ts';
import { diskError, errnoOf } from '../store/disk.ts';
import { makeDirectories } from '../store/make-directories.ts';
import { newRunDirectory } from '../store/run-id.ts';
import type { Io } from './io.ts';

const REPORT = 'audit.json';
const PAGE = 'report.html';
const FINDINGS = 'findings';
/** Of sealed findings, as this module names their files. */
const FINDING_FILE = /^[0-9a-f]{12}\.json$/;

export interface AuditFolder {
  /** Absolute. */
  readonly dir: string;
  /** As it is written in commands: relative to the working directory where it lies below it. */
  readonly shown: string;
}

const shownPath = (path: string, cwd: string): string => {
  const short = relative(cwd, path);
  return short === '' ? '.' : short.startsWith('..') ? path : short;
};

/** A path as a shell reads it back. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** `runs/audit-<time>-<random>`, or the folder that was named. */
export const auditFolder = async (io: Io, out: string | undefined): Promise<AuditFolder> => {
  if (out !== undefined) {
    const dir = resolve(io.cwd, out);
    try {
      await makeDirectories(join(dir, FINDINGS));
    } catch (thrown) {
      throw diskError(dir, thrown, null, 'audit again');
    }
    return { dir, shown: shownPath(dir, io.cwd) };
  }
  // The name of a run is the one thing that a seed must not fix.
  const dice = rng(`${process.pid}/${process.hrtime.bigint()}`);
  const { dir } = await newRunDirectory(join(io.cwd, 'runs'), io.clock, dice, 'audit-');
  return { dir, shown: shownPath(dir, io.cwd) };
};

/** Takes back what `auditFolder` made, where nothing came of it. What holds something stays. */
export const discardFolder = async ({ dir }: AuditFolder): Promise<void> => {
  for (const path of [join(dir, FINDINGS), dir]) {
    await rmdir(path).catch((thrown: unknown) => {
      if (!KEPT.has(errnoOf(thrown))) throw thrown;
    });
  }
};

/** It holds something, or was never made. */
const KEPT: ReadonlySet<string | null> = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT']);

/** Whole or not at all. */
export const writeWhole = async (path: string, text: string): Promise<void> => {
  try {
    await makeDirectories(dirname(path));
    await writeFile(`${path}.part`, text);
    await rename(`${path}.part`, path);
  } catch (thrown) {
    throw diskError(path, thrown, null, 'audit again');
  }
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Of an audit that was written into the same folder before: its findings are not those of this one. */
const removeEarlier = async (folder: string): Promise<void> => {
  const names = await readdir(folder).catch((thrown: unknown) => {
    if (errnoOf(thrown) === 'ENOENT') return [];
    throw thrown;
  });
  for (const name of names) if (FINDING_FILE.test(name)) await rm(join(folder, name));
};

const isThere = async (path: string): Promise<boolean> => {
  try {
    await readFile(path);
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return false;
    throw thrown;
  }
};

/** Writes everything, the report last: a folder with `audit.json` holds a whole audit. Replaces an earlier audit in it. */
export const writeAudit = async (
  { dir }: AuditFolder,
  { report, findings }: AuditResult,
  page: string,
): Promise<void> => {
  try {
    if (await isThere(join(dir, REPORT))) {
      await removeEarlier(join(dir, FINDINGS));
      await rm(join(dir, REPORT));
    }
  } catch (thrown) {
    throw diskError(dir, thrown, null, 'audit again');
  }
  for (const finding of findings) await writeWhole(join(dir, FINDINGS, `${finding.id}.json`), json(finding));
  await writeWhole(join(dir, PAGE), page);
  await writeWhole(join(dir, REPORT), json(report));
};

export const findingPath = ({ shown }: AuditFolder, id: string): string => join(shown, FINDINGS, `${id}.json`);
export const pagePath = ({ shown }: AuditFolder): string => join(shown, PAGE);

const readJson = async (path: string, what: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (thrown) {
    throw inputError({
      code: 'unreadable-audit',
      what: `${what} could not be read.`,
      given: `${path}: ${messageOf(thrown)}`,
      todo: 'Name the audit.json of an earlier audit, or the folder that it lies in.',
      cause: thrown,
    });
  }
};

const namesIn = async (folder: string): Promise<readonly string[]> =>
  await readdir(folder).then(
    (names) => names.filter((name) => name.endsWith('.json')).toSorted(),
    (thrown: unknown) => {
      if (errnoOf(thrown) === 'ENOENT') return [];
      throw thrown;
    },
  );

const findingAt = async (path: string): Promise<Finding> => readFinding(await readJson(path, 'A finding'));

/**
 * The sealed findings of a file, of a folder of them, or of the folder of an audit. A file among them that is no finding is an error: nobody
 * would miss a witness that is silently left out.
 */
const readFindings = async (path: string): Promise<readonly Finding[]> => {
  if (path.endsWith('.json')) return [await findingAt(path)];
  const own = await namesIn(path);
  const folder = own.includes(REPORT) ? join(path, FINDINGS) : path;
  const names = folder === path ? own : await namesIn(folder);
  const findings: Finding[] = [];
  for (const name of names) findings.push(await findingAt(join(folder, name)));
  return findings;
};

/** Findings that somebody asks for by a path. None at all is an error: a suite without witnesses passes nothing and proves nothing. */
export const readWitnesses = async (path: string, cwd: string): Promise<readonly Finding[]> => {
  const whole = resolve(cwd, path);
  const found = await stat(whole).catch((thrown: unknown) => {
    throw inputError({
      code: 'no-such-finding',
      what: 'There is nothing to replay at this path.',
      given: `${path}: ${messageOf(thrown)}`,
      todo: 'Name a finding (findings/<id>.json), a folder of findings, or the folder of an audit.',
      cause: thrown,
    });
  });
  const findings = await readFindings(whole);
  if (findings.length > 0) return findings;
  throw inputError({
    code: 'no-such-finding',
    what: found.isDirectory() ? 'This folder holds no finding.' : 'This file holds no finding.',
    given: path,
    todo: 'An audit that found nothing has none: then there is nothing to ask again.',
  });
};

/** `--against`: an `audit.json` or its folder, with the sealed findings that lie beside it. */
export const readPrevious = async (path: string, cwd: string): Promise<Previous> => {
  const whole = resolve(cwd, path);
  const file = whole.endsWith('.json') ? whole : join(whole, REPORT);
  const report = auditRecord.read(await readJson(file, 'The earlier audit'));
  const folder = join(dirname(file), FINDINGS);
  const there = new Set(await namesIn(folder));
  const findings: Finding[] = [];
  for (const { id } of report.findings) {
    if (there.has(`${id}.json`)) findings.push(await findingAt(join(folder, `${id}.json`)));
  }
  return { report, findings };
};
