/**
 * The instrument check: how many holes an audit finds, and how many sound graders it alarms, on graders that are known to have a hole
 * or none (test/zoo). And how fast graders are called. Run: npm run bench -- audit
 *
 * The open half takes a quarter of an hour: test suites and commands are slow to ask.
 *
 *   --only throughput|zoo   one of the two
 *   --match <regex>         entries of the open half whose id matches; writes nothing
 *   --final                 the half that was put aside. Once: it writes bench/data/zoo-aside.json, and refuses where that is there
 */
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadExamples } from '../src/audit/example.ts';
import { DEFAULT_SUBJECT_OPTIONS } from '../src/audit/subject.ts';
import { openSubject } from '../src/audit/subjects/index.ts';
import { systemClock } from '../src/base/clock.ts';
import { inputError } from '../src/base/errors.ts';
import { rng } from '../src/base/rng.ts';
import { ZOO } from '../test/zoo/index.ts';
import { auditEntry, type Outcome } from '../test/zoo/run.ts';
import { SUMS_PLAIN } from '../test/zoo/sets/questions.ts';
import { type Count, tallyOf } from '../test/zoo/tally.ts';

const SEED = 'zoo';
const ZOO_FOLDER = fileURLToPath(new URL('../test/zoo/', import.meta.url));
const dataFile = (half: string): string => fileURLToPath(new URL(`data/zoo-${half}.json`, import.meta.url));

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const row = ({ name, events, of, interval: [low, high] }: Count): string =>
  `${name.padEnd(44)}${`${events} of ${of}`.padStart(12)}${(of === 0 ? '' : percent(events / of)).padStart(10)}   95 % interval ${percent(low)} to ${percent(high)}`;

const callsPerSecond = async (spec: string, calls: number): Promise<number> => {
  const examples = await loadExamples({ path: null, rows: SUMS_PLAIN.rows, fields: {}, task: 'text' }, ZOO_FOLDER);
  await using subject = await openSubject(spec, DEFAULT_SUBJECT_OPTIONS, examples, {
    cwd: ZOO_FOLDER,
    openModel: (model) => Promise.reject(new Error(`no model is needed, and ${model} was asked for`)),
    keys: {},
    clock: systemClock,
    dice: rng(SEED),
    workers: 1,
    onWarning: say,
  });
  const { batch } = subject.capabilities;
  const round = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += batch) {
      const part = Array.from({ length: Math.min(batch, count - done) }, (_, index) => {
        const example = examples.examples[(done + index) % examples.examples.length];
        if (example === undefined) throw new Error('no example');
        return { example, answer: `answer ${done + index}`, opponent: null, order: 'both' as const };
      });
      await subject.grade(part);
    }
  };
  await round(Math.min(calls, 2 * batch));
  const before = systemClock.nowMs();
  await round(calls);
  return (1000 * calls) / (systemClock.nowMs() - before);
};

const throughput = async (): Promise<void> => {
  say('Calls a second to a grader that costs nothing, one worker:');
  for (const [name, spec, calls] of [
    ['in process (function of a module)', 'graders/constant.ts:constant', 400_000],
    ['Python (function of a module, in the sandbox)', 'graders/constant.py:constant', 40_000],
  ] as const) {
    say(
      `${name.padEnd(56)}${Math.round(await callsPerSecond(spec, calls))
        .toLocaleString('en')
        .padStart(12)}`,
    );
  }
};

const mark = ({ hole, caught }: Outcome): string => {
  if (caught === null) return 'failed';
  return hole === null ? (caught ? 'ALARMED' : 'quiet') : caught ? 'found' : 'MISSED';
};

const zoo = async (half: 'open' | 'aside', match: RegExp | null): Promise<void> => {
  const outcomes: Outcome[] = [];
  for (const entry of ZOO.filter((one) => one.half === half && (match === null || match.test(one.id)))) {
    const outcome = await auditEntry(entry, {}, SEED);
    outcomes.push(outcome);
    const first =
      outcome.error?.split('\n')[0] ??
      outcome.said
        .slice(0, 2)
        .map(({ claim, by }) => `${claim} by ${by}`)
        .join(', ');
    say(`${mark(outcome).padEnd(8)} ${entry.id.padEnd(44)}${outcome.seconds.toFixed(1).padStart(6)} s  ${first}`);
  }
  const tally = tallyOf(outcomes);
  say(`\nHalf "${half}" of the zoo, ${outcomes.length} graders:`);
  for (const count of [tally.found, tally.alarmed]) say(row(count));
  say('\nHoles found:');
  for (const count of tally.foundBy) say(row(count));
  say('\nSound graders alarmed:');
  for (const count of tally.alarmedBy) say(row(count));
  if (match !== null) return;
  writeFileSync(dataFile(half), `${JSON.stringify({ seed: SEED, half, tally, outcomes }, null, 1)}\n`);
};

const { values } = parseArgs({
  options: { only: { type: 'string' }, match: { type: 'string' }, final: { type: 'boolean', default: false } },
});
if (values.final && (values.match !== undefined || existsSync(dataFile('aside')))) {
  throw inputError({
    code: 'used-up',
    what: 'The half that was put aside is run whole, and once.',
    given: values.match === undefined ? dataFile('aside') : `--match ${values.match}`,
    allowed: '--final alone, where there is no result yet',
    todo: 'Use the open half for everything else: leave --final out.',
  });
}
// Also a run that is broken off has used it up.
if (values.final) writeFileSync(dataFile('aside'), '{"started": true}\n', { flag: 'wx' });
if (values.only !== 'zoo' && !values.final) await throughput();
if (values.only !== 'throughput')
  await zoo(values.final ? 'aside' : 'open', values.match === undefined ? null : new RegExp(values.match));
