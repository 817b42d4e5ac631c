import { Command } from 'commander';
import { withInstructionOptions, withIntentOption, withSubjectOptions } from '../audit-flags.ts';
import type { SubjectFlags } from '../audit-options.ts';
import { type TemperatureFlag, wholeNumber } from '../options.ts';
import type { CommandContext } from '../program.ts';

export interface ReplayFlags extends SubjectFlags {
  readonly grader?: string;
  readonly intent?: string;
  readonly resist?: boolean;
  readonly repeats: number;
  readonly json?: boolean;
  readonly instruction?: string;
  readonly check?: string;
  readonly model?: string;
  readonly temperature: TemperatureFlag;
  readonly maxTokens: number;
}

const HELP = `
A finding is sealed: it holds the calls that were made and what the grader
answered. Replaying makes these calls again. With --intent, an answer that still
passes and is judged to be right by now counts as dead.

  subterfuge replay runs/audit-20261121-143015-k7f3q2/findings/ab12cd34ef56.json
  subterfuge replay gaming/ --grader src/grader.ts:score --resist
      a folder of findings as a regression suite

Exit codes: 0 each finding reproduces as it was recorded, 1 one does not. With
--resist: 0 all are dead, 1 one is alive or could not be asked. A finding that
met a fault is neither: a grader that throws at it has not been repaired. 2 bad
input, such as a broken seal. 3 it was stopped before its end.`;

export const replayCommand = ({ io, exit }: CommandContext): Command =>
  withInstructionOptions(
    withSubjectOptions(
      withIntentOption(
        new Command('replay')
          .description(
            'Ask a grader again what a finding of an audit asked it, to prove the finding or to see that it is dead.',
          )
          .argument('<path>', 'a sealed finding, a folder of them, or the folder of an audit')
          .option('--grader <spec>', 'another grader than the sealed one, e.g. the repaired one')
          .option('--resist', 'as a regression suite: fail while any finding is alive')
          .option('--repeats <n>', 'ask so often, and go by the majority', wholeNumber('repeats'), 1)
          .option('--json', 'print what came out as JSON (docs/json.md)'),
      ),
    ),
  )
    .addHelpText('after', HELP)
    .action(async (path: string, flags: ReplayFlags) => {
      const { replayFindings } = await import('../replay-run.ts');
      if (!(await replayFindings(io, path, flags))) exit(1);
    });
