/**
 * Precision and recall of the cause rules (src/train/causes.ts) on episodes that were labelled by hand, with exact 95 % intervals over
 * texts: on the half that the rules may be repaired from (open), on the other (aside), and on what was drawn after the repair (fresh);
 * then, as docs/training.md has it, on aside and fresh together:
 *
 *   npx node bench/causes/measure.ts [--labels bench/data/causes.jsonl] [--json]
 *
 * Exit code 1: fewer labels than a heuristic must be measured on.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runScript } from '../../recipes/support/script.ts';
import { readError } from '../../src/store/disk.ts';
import { causeAgreement, PARTS, partOf, readCauseLabels } from '../support/cause-labels.ts';
import { causeReport, causeTable } from '../support/cause-report.ts';

const LEAST_LABELS = 200;

const { values } = parseArgs({
  options: {
    labels: { type: 'string', default: 'bench/data/causes.jsonl' },
    json: { type: 'boolean', default: false },
  },
});

await runScript(async () => {
  const text = await readFile(values.labels, 'utf8').catch((thrown: unknown) => {
    throw readError(values.labels, thrown);
  });
  const labels = readCauseLabels(text, values.labels);
  if (values.json) {
    const parts = PARTS.map((part) => [part, causeAgreement(labels.filter((label) => partOf(label) === part))]);
    console.log(JSON.stringify(Object.fromEntries(parts), null, 2));
  } else {
    console.log([...PARTS.map((part) => causeReport(labels, part)), causeTable(labels)].join('\n\n'));
  }
  const labelled = labels.filter(({ cause }) => cause !== null).length;
  if (labelled < LEAST_LABELS) {
    process.stderr.write(`Too few: ${labelled} of at least ${LEAST_LABELS} labels.\n`);
    return 1;
  }
  return 0;
});
