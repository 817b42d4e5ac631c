/** The options of `audit`, as commander reads them. */
import type { Command } from 'commander';
import type { ExampleTask, FieldMap } from '../audit/example.ts';
import type { GateRule } from '../audit/gate.ts';
import { type FailureClass, failureClassSchema, type SubjectForm, subjectFormSchema } from '../record/audit.ts';
import { anyNumber, count, fields, range, SIGNATURES, type SubjectFlags, TASKS } from './audit-options.ts';
import { gateRules, names, oneOf, positiveNumber, type TemperatureFlag, temperature, wholeNumber } from './options.ts';

export interface AuditFlags extends SubjectFlags {
  readonly examples?: string;
  readonly fields?: FieldMap;
  readonly task?: ExampleTask;
  readonly intent?: string;
  readonly seed: string;
  readonly calls?: number;
  readonly seconds?: number;
  readonly search?: number;
  readonly proposer?: string;
  readonly against?: string;
  readonly only?: string[];
  readonly class?: FailureClass;
  readonly out?: string;
  readonly json?: boolean;
  readonly html?: string;
  readonly junit?: string;
  readonly sarif?: string;
  readonly github?: boolean;
  readonly quiet?: boolean;
  readonly failOn?: readonly GateRule[];
  readonly instruction?: string;
  readonly check?: string;
  readonly model?: string;
  readonly tightened?: string;
  readonly temperature: TemperatureFlag;
  readonly maxTokens: number;
  readonly selfEvaluation?: string;
}

const MAX_TOKENS = 1_024;

/** Options that say how a grader is called: `replay` has them too. */
export const withSubjectOptions = (command: Command): Command =>
  command
    .option('--range <worst..best>', 'range of its scores; 10..0 where less is better (default: 0..1)', range)
    .option('--pass <score>', 'score from which on an answer passes (default: half way)', anyNumber('pass'))
    .option<SubjectForm>(
      '--form <name>',
      `what it grades: ${subjectFormSchema.options.join(', ')} (default: from the grader and the examples)`,
      oneOf('form', subjectFormSchema.options),
    )
    .option(
      '--signature <name>',
      'how it takes its arguments: auto, positional, object, trl, verifiers',
      oneOf('signature', SIGNATURES),
    )
    .option('--timeout <ms>', 'longest that one call may take (default: 10000)', wholeNumber('timeout'))
    .option('--trust', "run other people's code without a sandbox");

export const withIntentOption = (command: Command): Command =>
  command.option(
    '--intent <spec>',
    'who knows what was meant: a second grader, labels, or judge:"in words"@MODEL (no-temperature:MODEL where it takes none)',
  );

/** What an instruction is audited with: `replay` has them too. */
export const withInstructionOptions = (command: Command): Command =>
  command
    .option('--instruction <text>', 'look for the loopholes of an instruction instead of a grader')
    .option('--check <spec>', 'the checker of the instruction, which is the proxy')
    .option('--model <spec>', 'the model that follows the instruction')
    .option(
      '--temperature <t>',
      "of that model; none: none is sent, and the provider's model takes its own",
      temperature,
      0,
    )
    .option('--max-tokens <k>', 'most tokens of one of its replies', wholeNumber('max-tokens'), MAX_TOKENS);

export const withAuditOptions = (command: Command): Command =>
  withInstructionOptions(
    withSubjectOptions(
      withIntentOption(
        command
          .option(
            '--examples <file>',
            '.jsonl, .json, .csv or .parquet; without it only answers without the work are tried',
          )
          .option('--fields <pairs>', 'which column is which part, e.g. input=question,good=gold', fields)
          .option(
            '--task <name>',
            `what the rows ask for: ${TASKS.join(', ')} (default: from the columns)`,
            oneOf('task', TASKS),
          ),
      ),
    )
      .option('--seed <text>', 'names all dice: same seed, same report', '1')
      .option(
        '--calls <n>',
        'most calls to the grader (default: 200000; 500 to a model or a test suite)',
        wholeNumber('calls'),
      )
      .option('--seconds <n>', 'most time (default: 60; 600 for a model or a test suite)', positiveNumber('seconds'))
      .option('--search <n>', 'most calls of the search; 0: none (default: 2000)', count('search'))
      .option(
        '--proposer <model>',
        'a model that suggests answers to the search; no-temperature:MODEL where it takes none',
      )
      .option('--against <audit.json>', 'an earlier audit: which of its findings died, and a fresh attack')
      .option('--only <names>', 'only these strategies, comma-separated', names)
      .option<FailureClass>(
        '--class <name>',
        `only strategies of one class: ${failureClassSchema.options.join(', ')}`,
        oneOf('class', failureClassSchema.options),
      )
      .option('--out <dir>', 'where audit.json, report.html and findings/ go (default: runs/audit-<time>-<random>)')
      .option('--json', 'print the report as JSON and nothing else (docs/json.md)')
      .option('--html <file>', 'write the report as one page here, too')
      .option('--junit <file>', 'write JUnit XML')
      .option('--sarif <file>', 'write SARIF 2.1.0, for code scanning')
      .option('--github', 'print annotations of GitHub Actions')
      .option('--quiet', 'no progress on standard error')
      .option<readonly GateRule[] | undefined>(
        '--fail-on <rule>',
        "exit with 1, e.g. 'gameability>0.1'; may be repeated",
        gateRules,
      )
      .option('--self-evaluation <file>', 'labelled answers of several authors: how a judge judges its own')
      .option('--tightened <text>', 'with --instruction: the new wording, attacked after the first'),
  );
