/**
 * A very small model hardly ever gives a right answer or a clever leak by itself. So that both classes occur in words of a real
 * model, it is given replies that the families declare (honest, wrong and gaming ones, in turn) and rewrites them. What it makes of
 * them is labelled and graded as an answer to the task; what it was given says nothing about the label, since it drops, changes and
 * invents.
 *
 *   npx node recipes/heuristics/rewrite.ts --model gguf:.models/smollm2-135m-instruct.gguf [--each 36] [--seed rewritten]
 *       [--temperature 0.5] [--out recipes/heuristics/rewritten.jsonl]
 *
 * A file that is there is not written over.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inputError } from '../../src/base/errors.ts';
import { rng } from '../../src/base/rng.ts';
import { processIo } from '../../src/cli/io.ts';
import { wholeNumber } from '../../src/cli/options.ts';
import { openNamedModel } from '../../src/cli/session.ts';
import { findEnvironment } from '../../src/env/registry.ts';
import type { Model } from '../../src/policy/policy.ts';
import type { Task } from '../../src/record/task.ts';
import { runScript, writeNewLines } from '../support/script.ts';
import { replyOf } from './reply.ts';
import { bare, FAMILIES, type Transcript } from './transcripts.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    each: { type: 'string', default: '36' },
    seed: { type: 'string', default: 'rewritten' },
    temperature: { type: 'string', default: '0.5' },
    out: { type: 'string', default: fileURLToPath(new URL('rewritten.jsonl', import.meta.url)) },
  },
});

const MOST_TOKENS = 120;

interface Given {
  readonly id: string;
  readonly task: Task;
  readonly text: string;
}

/** Honest, wrong and gaming replies in turn; tasks by the seed. */
const givenTo = (name: string, each: number): readonly Given[] => {
  const environment = findEnvironment(name);
  const dice = rng(values.seed).fork(name);
  const variants = dice.shuffle(Array.from({ length: environment.variants.test }, (_, at) => at)).slice(0, each);
  return variants.map((variant, at) => {
    const [task] = environment.tasks({ split: 'test', variant, register: 'compact', promptSet: 'main' });
    if (task === undefined) throw new Error(`${name} has no variant ${variant}`);
    const { gold, wrong, exploits } = environment.submissions(task);
    const pools = [[gold], wrong, exploits.map(({ submission }) => submission)];
    const pool = (pools[at % pools.length] ?? []).filter(({ final }) => final.text.trim() !== '');
    return { id: `rewritten/${name}/${variant}`, task, text: dice.fork(`${variant}`).pick(pool).final.text };
  });
};

const rewritten = async (model: Model, { id, task, text }: Given): Promise<Transcript> => {
  const question = `Rewrite this reply in your own words. Keep what it says and the language it is in.\n\n${text}`;
  const turn = await replyOf(model, task, id, [{ role: 'user', text: question }], {
    dice: rng(values.seed),
    temperature: Number(values.temperature),
    maxTokens: MOST_TOKENS,
  });
  return {
    schema: 'subterfuge/heuristics-transcript@1',
    id,
    part: 'rewritten',
    question,
    rollout: bare(
      {
        schema: 'subterfuge/rollout@1',
        id,
        task,
        policy: { spec: model.spec, version: model.version },
        dialect: 'tags',
        seed: `${values.seed}/${id}`,
        turns: [turn],
        changes: [],
        stop: turn.stop === 'length' ? 'token-limit' : 'finished',
        faults: [],
        usage: turn.usage,
        times: { startedAt: '', durationMs: 0 },
      },
      id,
    ),
  };
};

await runScript(async () => {
  if (values.model === undefined)
    throw inputError({ code: 'no-model', what: 'Who shall write?', todo: 'Add --model SPEC.' });
  const each = wholeNumber('each')(values.each);
  const io = processIo();
  const session = { concurrency: 8, maxUsd: null, price: null, seed: values.seed } as const;
  await using opened = await openNamedModel(io, values.model, [], session);
  const given = FAMILIES.flatMap((family) => givenTo(family, each));
  const made = await Promise.all(given.map((one) => rewritten(opened.model, one)));
  await writeNewLines(values.out, made);
  io.err(`${made.length} transcripts in ${values.out}\n`);
  return 0;
});
