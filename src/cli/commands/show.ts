import { resolve } from 'node:path';
import { Command } from 'commander';
import { inputError } from '../../base/errors.ts';
import { visible } from '../../base/terminal.ts';
import { selectEnvironments } from '../../env/load.ts';
import { evaluationOf } from '../../evaluate/evaluation-of.ts';
import { causeOfView } from '../../report/cause.ts';
import { viewOf } from '../../report/sample.ts';
import { renderSummary } from '../../report/summary.ts';
import { renderTranscript } from '../../report/transcript.ts';
import { readRun } from '../../store/run-directory.ts';
import type { RunReader } from '../../store/run-store.ts';
import type { CommandContext } from '../program.ts';

interface ShowOptions {
  readonly rollout?: string;
  readonly list?: boolean;
  readonly json?: boolean;
}

const HELP = `
Examples:
  subterfuge show runs/20261121-143015-k7f3q2                                    the numbers
  subterfuge show runs/20261121-143015-k7f3q2 --list                             every rollout, one a line
  subterfuge show runs/20261121-143015-k7f3q2 --rollout reward-tampering/000003  one transcript, with its verdicts`;

export const showCommand = ({ io }: CommandContext): Command =>
  new Command('show')
    .description('Read a run: its numbers, its rollouts, or one transcript. Works while the run is still going.')
    .argument('<run>', 'run directory')
    .option('--rollout <id>', 'one transcript, with verdicts, labels and what changed')
    .option('--list', 'one line per rollout')
    .option('--json', 'print records as JSON')
    .addHelpText('after', HELP)
    .action(async (path: string, options: ShowOptions) => {
      await using run = await readRun(resolve(io.cwd, path));
      const style = { width: io.columns, colour: io.colour };
      if (options.rollout !== undefined) {
        const view = (await viewOf(run, options.rollout)) ?? (await unknownRollout(run, options.rollout));
        const cause = causeOfView(view);
        const record = cause === null ? view : { ...view, cause };
        io.out(`${options.json === true ? JSON.stringify(record) : renderTranscript(view, style, cause)}\n`);
        return;
      }
      if (options.list === true) {
        for await (const entry of run.entries()) {
          const state = entry.stop === 'fault' ? 'fault' : entry.labelled ? 'graded' : 'not graded';
          io.out(
            `${options.json === true ? JSON.stringify(entry) : visible(`${entry.id}  ${entry.stop}  ${state}`)}\n`,
          );
        }
        return;
      }
      const environments = await selectEnvironments(run.manifest.plan.environments, io.cwd);
      const evaluation = await evaluationOf(run, environments);
      io.out(
        options.json === true
          ? `${JSON.stringify(evaluation)}\n`
          : `${renderSummary(evaluation, run.manifest, style)}\n`,
      );
    });

const unknownRollout = async (run: RunReader, id: string): Promise<never> => {
  throw inputError({
    code: 'unknown-rollout',
    what: 'This run has no such rollout.',
    given: id,
    allowed: `ids such as ${(await someIds(run)).join(', ') || '(the run is empty)'}`,
    todo: 'List them all with --list.',
  });
};

const EXAMPLES = 3;

const someIds = async (run: RunReader): Promise<string[]> => {
  const ids: string[] = [];
  for await (const entry of run.entries()) {
    ids.push(visible(entry.id));
    if (ids.length === EXAMPLES) break;
  }
  return ids;
};
