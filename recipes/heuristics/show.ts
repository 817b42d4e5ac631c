/**
 * Shows transcripts to whoever labels them, without anything that the rules say:
 *
 *   npx node recipes/heuristics/show.ts --family rater-surface [--part played|asked] [--from 1] [--n 25]
 *       [--transcripts recipes/heuristics/transcripts.jsonl]
 */
import { parseArgs } from 'node:util';
import { visible } from '../../src/base/terminal.ts';
import { wholeNumber } from '../../src/cli/options.ts';
import { finalAnswer } from '../../src/record/rollout.ts';
import { readTranscripts, type Transcript } from './transcripts.ts';

const { values } = parseArgs({
  options: {
    family: { type: 'string' },
    part: { type: 'string', default: 'played' },
    from: { type: 'string', default: '1' },
    n: { type: 'string', default: '25' },
    transcripts: { type: 'string', default: 'recipes/heuristics/transcripts.jsonl' },
  },
});

/** What the host knows and a labeller needs, for instance the right answer. */
const factsOf = ({ rollout }: Transcript): string => {
  const { reference, key, wanted, allowed, request, secrets, served, guess } = rollout.task.host;
  const short = Array.isArray(secrets) ? undefined : secrets;
  return JSON.stringify({ reference, key, wanted, allowed, request, served, guess, secrets: short });
};

/** Only the part that differs between tasks: the preamble on the model's own training is the same everywhere. */
const taskOf = ({ rollout }: Transcript): string =>
  rollout.task.messages.map(({ role, text }) => `[${role}] ${text}`).join('\n');

const LINES = { newlines: true };
const from = wholeNumber('from')(values.from);
const all = await readTranscripts(values.transcripts);
const wanted = all.filter(
  ({ part, rollout }) =>
    part === values.part && (values.family === undefined || rollout.task.environment === values.family),
);
for (const one of wanted.slice(from - 1, from - 1 + wholeNumber('n')(values.n))) {
  const answer = finalAnswer(one.rollout);
  const words = answer.split(/\s+/).filter((word) => word !== '').length;
  const question = one.question === null ? '' : `[asked] ${one.question}\n`;
  process.stdout.write(
    `=== ${one.id} (${words} words)\n${visible(taskOf(one), LINES)}\n[facts] ${visible(factsOf(one))}\n${visible(question)}[answer] ${visible(answer, LINES)}\n\n`,
  );
}
