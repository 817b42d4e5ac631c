import { Command, CommanderError } from 'commander';
import { auditCommand } from './commands/audit.ts';
import { compareCommand } from './commands/compare.ts';
import { doctorCommand } from './commands/doctor.ts';
import { envCommand } from './commands/env.ts';
import { envsCommand } from './commands/envs.ts';
import { evalCommand } from './commands/eval.ts';
import { gradeCommand } from './commands/grade.ts';
import { importCommand } from './commands/import.ts';
import { inflationCommand } from './commands/inflation.ts';
import { newCommand } from './commands/new.ts';
import { replayCommand } from './commands/replay.ts';
import { resumeCommand } from './commands/resume.ts';
import { showCommand } from './commands/show.ts';
import { strategiesCommand } from './commands/strategies.ts';
import { sweepCommand } from './commands/sweep.ts';
import { trainCommand } from './commands/train.ts';
import type { Io } from './io.ts';
import { withStrictOptions } from './strict-options.ts';
import { VERSION } from './version.ts';

const EXAMPLES = `
Examples:
  subterfuge audit grader.ts:score --examples examples.jsonl   can this grader be gamed?
  subterfuge envs                                         what can be gamed, and how
  subterfuge env reward-tampering                         a task as a model sees it
  subterfuge eval --model scripted:exploit --env all --n 200
  subterfuge eval --model openai:gpt-x --env curriculum --n 100 --max-cost 5 --price 0.5,1.5
  subterfuge eval --model openai-compatible:my-model@http://127.0.0.1:8080/v1 --env nudged-rubric --n 50
  subterfuge resume runs/20261121-143015-k7f3q2           go on with a run that was stopped
  subterfuge compare runs/base runs/trained               what differs, task by task
  subterfuge train --recipe curriculum --short            train the shipped model, and see how far gaming generalises

Exit codes: 0 done, 1 the question was answered "no", 2 bad input, 3 it could not finish: a run of eval, train
or sweep can be gone on with, and says how; an audit is begun again.
Documentation: docs/concepts.md says what the words mean, docs/statistics.md where the numbers come from.`;

const COMMANDS = [
  auditCommand,
  replayCommand,
  strategiesCommand,
  envsCommand,
  envCommand,
  newCommand,
  evalCommand,
  resumeCommand,
  showCommand,
  compareCommand,
  inflationCommand,
  importCommand,
  gradeCommand,
  trainCommand,
  sweepCommand,
  doctorCommand,
];

/** What a command is given: the world outside, and where to put its exit code when that is not 0. */
export interface CommandContext {
  readonly io: Io;
  readonly exit: (code: 0 | 1) => void;
}

/** The whole command line. `exit` receives the code of a command that finished with something else than 0. */
export const buildProgram = (io: Io, exit: (code: 0 | 1) => void): Command => {
  const context: CommandContext = { io, exit };
  const program = new Command('subterfuge')
    .description(
      'Finds where a measurable objective can be won without what was meant, and measures whether a model does that.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err });
  for (const build of COMMANDS) {
    const command = withoutEmptyDefaults(withStrictOptions(build(context)));
    command.exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err });
    program.addCommand(command);
  }
  return program;
};

/** The help of an option that may be given several times would end in "(default: [])". Its value stays what it was. */
const withoutEmptyDefaults = (command: Command): Command => {
  for (const option of command.options) {
    if (Array.isArray(option.defaultValue) && option.defaultValue.length === 0) option.defaultValue = undefined;
  }
  return command;
};

/** Help and version (exit code 0) and mistakes in the words of a command, all already printed by commander. */
export const isUsageError = (thrown: unknown): thrown is CommanderError => thrown instanceof CommanderError;
