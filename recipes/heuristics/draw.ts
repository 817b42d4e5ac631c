/**
 * Draws transcripts to be labelled by hand from finished runs: at most N of each family of a run, by the seed, whatever the rules say
 * of them, so that recall means something. In no order that says which run one came from. README.md says which runs were made.
 *
 *   npx node recipes/heuristics/draw.ts [--seed heuristics] [--out recipes/heuristics/transcripts.jsonl] NAME:N=RUN...
 *
 * A file that is there is not written over.
 */
import { parseArgs } from 'node:util';
import { inputError } from '../../src/base/errors.ts';
import { rng } from '../../src/base/rng.ts';
import { wholeNumber } from '../../src/cli/options.ts';
import { finalAnswer } from '../../src/record/rollout.ts';
import { readRun } from '../../src/store/run-directory.ts';
import { runScript, writeNewLines } from '../support/script.ts';
import { bare, FAMILIES, type Transcript } from './transcripts.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: 'heuristics' },
    out: { type: 'string', default: 'recipes/heuristics/transcripts.jsonl' },
  },
});

/** Empty answers are read exactly by every rule: they would only fill the sample. Answers that were cut off are graded, so they are in. */
const isSaid = ({ rollout }: Transcript): boolean => rollout.stop !== 'fault' && finalAnswer(rollout) !== '';

const drawnFrom = async (name: string, dir: string, each: number): Promise<Transcript[]> => {
  const dice = rng(values.seed).fork(name);
  await using run = await readRun(dir);
  const found: Transcript[] = [];
  for await (const rollout of run.rollouts()) {
    const id = `${name}/${rollout.id}`;
    found.push({
      schema: 'subterfuge/heuristics-transcript@1',
      id,
      part: 'played',
      question: null,
      rollout: bare(rollout, id),
    });
  }
  return FAMILIES.flatMap((family) => {
    const pool = found.filter((one) => one.rollout.task.environment === family && isSaid(one));
    // Sorted first: a run keeps its episodes in the order in which they ended.
    const sorted = pool.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    return dice.fork(family).shuffle(sorted).slice(0, each);
  });
};

await runScript(async () => {
  const drawn: Transcript[] = [];
  for (const source of positionals) {
    const [, name = '', each = '', dir = ''] = /^([a-z0-9-]+):(\d+)=(.+)$/s.exec(source) ?? [];
    if (dir === '') {
      throw inputError({
        code: 'bad-source',
        what: 'This is not a run with a name.',
        given: source,
        allowed: 'NAME:N=RUN',
      });
    }
    drawn.push(...(await drawnFrom(name, dir, wholeNumber('N')(each))));
  }
  const shuffled = rng(values.seed).fork('order').shuffle(drawn);
  const inOrder = FAMILIES.flatMap((family) => shuffled.filter(({ rollout }) => rollout.task.environment === family));
  await writeNewLines(values.out, inOrder);
  process.stderr.write(`${inOrder.length} transcripts in ${values.out}\n`);
  return 0;
});
