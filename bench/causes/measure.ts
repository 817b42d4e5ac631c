/**
 * Precision and recall of the cause rules (src/train/causes.ts) on episodes that a person labelled, with 95 % intervals over
 * tasks: npx node bench/causes/measure.ts [--labels bench/data/causes.jsonl] [--json]
 *
 * Exit code 1: fewer labels than a heuristic must be measured on.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { SubterfugeError } from '../../src/base/errors.ts';
import type { Rate } from '../../src/record/estimate.ts';
import { readError } from '../../src/store/disk.ts';
import { causeAgreement, readCauseLabels } from '../support/cause-labels.ts';

const LEAST_LABELS = 200;

const { values } = parseArgs({
  options: {
    labels: { type: 'string', default: 'bench/data/causes.jsonl' },
    json: { type: 'boolean', default: false },
  },
});

const shown = ({ count, n, mean, interval }: Rate): string =>
  mean === null
    ? 'none'
    : `${mean.toFixed(3)} ${interval === null ? '[no interval]' : `[${interval.map((x) => x.toFixed(3)).join(', ')}]`} (${count}/${n})`;

try {
  const text = await readFile(values.labels, 'utf8').catch((thrown: unknown) => {
    throw readError(values.labels, thrown);
  });
  const found = causeAgreement(readCauseLabels(text, values.labels));
  if (values.json) console.log(JSON.stringify(found, null, 2));
  else {
    console.log(
      `${found.labelled} labelled, ${found.unlabelled} not yet, ${found.unclear} unclear to a person, ${found.unscored} unscored by the rules`,
    );
    console.log(`same cause  ${shown(found.agreement)}\n`);
    console.log(`${'cause'.padEnd(26)}${'precision'.padEnd(36)}recall`);
    for (const { cause, precision, recall } of found.scores)
      console.log(`${cause.padEnd(26)}${shown(precision).padEnd(36)}${shown(recall)}`);
    console.log('\nperson said, rules said, episodes');
    for (const { truth, said, count } of found.confusion) console.log(`${truth.padEnd(26)}${said.padEnd(26)}${count}`);
  }
  if (found.labelled < LEAST_LABELS) {
    process.stderr.write(`Too few: ${found.labelled} of at least ${LEAST_LABELS} labels.\n`);
    process.exitCode = 1;
  }
} catch (thrown) {
  if (!(thrown instanceof SubterfugeError)) throw thrown;
  process.stderr.write(`${thrown.message}\n`);
  process.exitCode = thrown.exitCode;
}
