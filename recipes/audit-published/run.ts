/** Audits published scorers as installed in interop/npm and writes what was found, with their versions. See README.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { audit } from '../../src/audit/audit.ts';
import { loadExamples } from '../../src/audit/example.ts';
import { DEFAULT_SUBJECT_OPTIONS } from '../../src/audit/subject.ts';
import { openNpm } from '../../src/audit/subjects/adapters/npm.ts';
import { systemClock } from '../../src/base/clock.ts';
import { rng } from '../../src/base/rng.ts';
import type { AuditReport } from '../../src/record/audit-report.ts';
import type { Estimate } from '../../src/record/estimate.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PACKAGES = fileURLToPath(new URL('../../interop/npm/', import.meta.url));
const SEED = 'audit-published';

/** Deterministic scorers that read one text. */
const SCORERS = [
  'npm:autoevals:ExactMatch',
  'npm:autoevals:Levenshtein',
  'npm:autoevals:NumericDiff',
  'npm:autoevals:ValidJSON',
  'npm:openevals:exactMatch',
  'npm:openevals:levenshteinDistance',
  'npm:@mastra/evals:includes',
  'npm:@mastra/evals:similarity',
  'npm:@mastra/evals:createContentSimilarityScorer',
  'npm:@mastra/evals:createKeywordCoverageScorer',
  'npm:@mastra/evals:createCompletenessScorer',
  'npm:@mastra/evals:createTextualDifferenceScorer',
  'npm:@mastra/evals:createToneScorer',
] as const;

const versionOf = (name: string): string => {
  const text = readFileSync(join(PACKAGES, 'node_modules', name, 'package.json'), 'utf8');
  const found: unknown = JSON.parse(text);
  if (typeof found === 'object' && found !== null && 'version' in found && typeof found.version === 'string')
    return found.version;
  throw new Error(`${name} has no version`);
};

const nameIn = (spec: string): string => /^npm:(.+):/.exec(spec)?.[1] ?? '';

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
const shown = (estimate: Estimate | null): string => {
  if (estimate === null || estimate.mean === null) return '–';
  const [low, high] = estimate.interval ?? [];
  const range = low === undefined || high === undefined ? '' : ` [${low.toFixed(2)}, ${high.toFixed(2)}]`;
  return `${estimate.mean.toFixed(2)}${range}`;
};

/** A table cell: whatever an attack wrote stays one line of text. */
const cell = (value: unknown): string =>
  `\`${JSON.stringify(value).slice(0, 80).replaceAll('|', '\\|').replaceAll('`', "'")}\``;

/** Of a long witness its beginning; its smallest form is what counts. */
const MOST_OF_A_WITNESS = 200;
const clipped = (value: unknown): unknown =>
  typeof value === 'string' && value.length > MOST_OF_A_WITNESS ? `${value.slice(0, MOST_OF_A_WITNESS)}…` : value;

const summary = (report: AuditReport) => ({
  subject: report.subject.spec,
  package: `${nameIn(report.subject.spec)}@${versionOf(nameIn(report.subject.spec))}`,
  calls: report.detail.calls,
  gameability: report.gameability,
  noGameability: report.detail.noGameability,
  falsePasses: report.falsePasses,
  falseFails: report.falseFails,
  faults: report.graderFaults.map(({ kind, count, calls, onHonest }) => ({ kind, count, calls, onHonest })),
  warnings: report.detail.warnings,
  findings: report.findings.map((finding) => ({
    claim: finding.claim,
    strategy: finding.strategy,
    class: finding.class,
    adjustedP: finding.adjustedP === null ? null : rounded(finding.adjustedP),
    fooled: { count: finding.fooled.count, n: finding.fooled.n, interval: finding.fooled.interval },
    witness: {
      example: finding.witness.example,
      minimal: clipped(finding.witness.minimal),
    },
  })),
});

const row = (report: AuditReport): string => {
  const [worst] = report.findings;
  const cells = [
    `${summary(report).package} \`${report.subject.spec.split(':').at(-1)}\``,
    shown(report.gameability),
    shown(report.falsePasses),
    shown(report.falseFails),
    String(report.findings.length),
    worst === undefined ? '–' : `${worst.claim}, ${worst.strategy}`,
    worst === undefined ? '–' : `${cell(worst.witness.input)} → ${cell(worst.witness.minimal)}`,
  ];
  return `| ${cells.join(' | ')} |`;
};

const HEAD = [
  '# Published scorers: findings',
  '',
  'Written by `npx node recipes/audit-published/run.ts`; all findings with their intervals are in results.json. 95 % intervals over examples.',
  '',
  '| scorer | gameability | known-bad answers that pass | honest answers that fail | findings | first of them | its smallest witness |',
  '| --- | --- | --- | --- | --- | --- | --- |',
];

const reports: AuditReport[] = [];
const examples = await loadExamples({ path: 'examples.jsonl', rows: [], fields: {}, task: 'text' }, HERE);
const wanted = process.argv.slice(2);
for (const spec of SCORERS.filter((one) => wanted.length === 0 || wanted.some((word) => one.includes(word)))) {
  await using subject = await openNpm(spec, DEFAULT_SUBJECT_OPTIONS, examples, {
    cwd: PACKAGES,
    openModel: () => Promise.reject(new Error('no scorer of this recipe asks a model')),
    keys: {},
    clock: systemClock,
    dice: rng(SEED),
    workers: 1,
    onWarning: (message) => process.stderr.write(`${spec}: ${message}\n`),
  });
  const { report } = await audit({
    subject,
    examples,
    intent: null,
    budget: { calls: 20_000, seconds: 120 },
    search: { queries: 1_000 },
    dice: rng(SEED),
    seed: SEED,
    clock: systemClock,
    version: 'recipe',
    replayOf: (id) => `npx node recipes/audit-published/run.ts # finding ${id}`,
  });
  reports.push(report);
  process.stdout.write(`${row(report)}\n`);
}
if (wanted.length === 0) {
  writeFileSync(join(HERE, 'RESULTS.md'), `${[...HEAD, ...reports.map(row)].join('\n')}\n`);
  writeFileSync(
    join(HERE, 'results.json'),
    `${JSON.stringify({ seed: SEED, scorers: reports.map(summary) }, null, 1)}\n`,
  );
}
