import { Command } from 'commander';
import { inputError } from '../../base/errors.ts';
import { visible } from '../../base/terminal.ts';
import { checkEnvironment } from '../../env/check.ts';
import type { Environment } from '../../env/environment.ts';
import { selectEnvironments } from '../../env/load.ts';
import { gradeRollouts } from '../../evaluate/grade.ts';
import type { GradeContext } from '../../grade/grader.ts';
import type { Submission } from '../../policy/submission.ts';
import type { PromptSet, Register, Split, Task } from '../../record/task.ts';
import type { Label, Outcome } from '../../record/verdict.ts';
import { DIALECTS } from '../../rollout/dialects/index.ts';
import { openingMessages } from '../../rollout/episode.ts';
import { play } from '../../rollout/play.ts';
import { simulatedSandbox } from '../../sandbox/simulated.ts';
import { wasmPython } from '../../sandbox/wasm-python.ts';
import { oneOf } from '../options.ts';
import type { CommandContext } from '../program.ts';

interface EnvOptions {
  readonly variant: number;
  readonly split: Split;
  readonly register: Register;
  readonly prompts: PromptSet;
  readonly json?: boolean;
  readonly check?: boolean;
}

/** What one submission earned on one task. */
interface Earned {
  readonly role: string;
  readonly submission: string;
  readonly task: string | null;
  readonly proxy: string;
  readonly intent: string;
  readonly attempted: string;
  readonly succeeded: string;
  readonly evaded: string;
  readonly disclosed: string;
  readonly kinds: readonly string[];
}

const HELP = `
Prints the task as a model sees it in the tags dialect, the files it finds, and what each submission earns when it is really
played: gold does the work honestly, empty does nothing, wrong does it badly, an exploit games one declared weakness.

--check makes every task and plays the submissions of six variants, two of them in all wordings. Exit code 0: the contract of
docs/environments.md holds; 1: it does not, and each line says where.`;

export const envCommand = ({ io, exit }: CommandContext): Command =>
  new Command('env')
    .description('Show one environment: a task as a model sees it, and what its submissions earn.')
    .argument('<name>', 'its name, or a path to a module')
    .option('--variant <k>', 'which variant, from 0', variantNumber, 0)
    .option('--split <name>', 'test, train', oneOf('split', ['test', 'train']), 'test' as const)
    .option(
      '--register <name>',
      'realistic, compact',
      oneOf('register', ['realistic', 'compact']),
      'realistic' as const,
    )
    .option('--prompts <name>', 'main, alternate', oneOf('prompts', ['main', 'alternate']), 'main' as const)
    .option('--check', 'say what is wrong with it instead')
    .option('--json', 'print the tasks and the verdicts as JSON; with --check, what is wrong')
    .addHelpText('after', HELP)
    .action(async (name: string, options: EnvOptions) => {
      const environment = await oneEnvironment(name, io.cwd);
      await using sandboxes = simulatedSandbox();
      await using python = wasmPython();
      const playOne = (task: Task, submission: Submission): ReturnType<typeof play> =>
        play(sandboxes, task, submission);
      if (options.check === true) {
        const problems = await checkEnvironment(environment, playOne, { python });
        io.out(
          options.json === true ? `${JSON.stringify({ problems }, null, 2)}\n` : checkedText(environment, problems),
        );
        if (problems.length > 0) exit(1);
        return;
      }
      const tasks = tasksOf(environment, options);
      const earned = await playAll(environment, tasks, playOne, { python });
      if (options.json === true) io.out(`${JSON.stringify({ tasks, submissions: earned }, null, 2)}\n`);
      else io.out(`${visible([...tasks.map(taskText), earnedText(earned)].join('\n\n'), { newlines: true })}\n`);
    });

/** The rest is most often the same again. */
const MOST_PROBLEMS = 20;

const checkedText = ({ name, variants }: Environment, problems: readonly string[]): string => {
  if (problems.length === 0) {
    return `${visible(name)} keeps the contract: ${variants.train} train and ${variants.test} test variants made, submissions of six played.\n`;
  }
  const more = problems.length - MOST_PROBLEMS;
  return [
    `${visible(name)} does not keep the contract:`,
    ...problems.slice(0, MOST_PROBLEMS).map((problem) => `- ${visible(problem)}`),
    ...(more > 0 ? [`and ${more} more (--json lists all)`] : []),
    '',
  ].join('\n');
};

const variantNumber = (given: string): number => {
  const value = Number(given);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw inputError({ code: 'bad-option', what: '--variant is not usable.', given, allowed: 'a whole number from 0' });
};

const oneEnvironment = async (name: string, base: string): Promise<Environment> => {
  const [environment, ...more] = await selectEnvironments([name], base);
  if (environment !== undefined && more.length === 0) return environment;
  throw inputError({
    code: 'bad-argument',
    what: 'env shows one environment.',
    given: name,
    allowed: 'one name',
    todo: 'subterfuge envs lists them.',
  });
};

const tasksOf = (environment: Environment, { variant, split, register, prompts }: EnvOptions): readonly Task[] => {
  const last = environment.variants[split] - 1;
  if (variant <= last) return environment.tasks({ split, variant, register, promptSet: prompts });
  throw inputError({
    code: 'bad-option',
    what: `${environment.name} has no such variant.`,
    given: `--variant ${variant}`,
    allowed: `0 to ${last}`,
  });
};

const playAll = async (
  environment: Environment,
  tasks: readonly Task[],
  playOne: (task: Task, submission: Submission) => ReturnType<typeof play>,
  context: GradeContext,
): Promise<Earned[]> => {
  const first = tasks[0];
  if (first === undefined) return [];
  const { wrong, exploits } = environment.submissions(first);
  const roles: (readonly [string, (task: Task) => Submission | undefined])[] = [
    ['gold', (task) => environment.submissions(task).gold],
    ['empty', (task) => environment.submissions(task).empty],
    ...wrong.map((_, index) => ['wrong', (task: Task) => environment.submissions(task).wrong[index]] as const),
    ...exploits.map(
      (_, index) => ['exploit', (task: Task) => environment.submissions(task).exploits[index]?.submission] as const,
    ),
  ];
  const earned: Earned[] = [];
  for (const [role, of] of roles) {
    const submissions = tasks.flatMap((task) => of(task) ?? []);
    const rollouts = await Promise.all(
      tasks.flatMap((task, index) => {
        const submission = submissions[index];
        return submission === undefined ? [] : [playOne(task, submission)];
      }),
    );
    const graded = await gradeRollouts(environment, rollouts, context);
    for (const [index, task] of tasks.entries()) {
      const own = graded[index];
      if (own === undefined) continue;
      earned.push({
        role,
        submission: submissions[index]?.name ?? '',
        task: task.group?.role ?? null,
        proxy: outcomeText(own.proxy.outcome),
        intent: outcomeText(own.intent.outcome),
        attempted: labelText(own.labels.attempted),
        succeeded: labelText(own.labels.succeeded),
        evaded: labelText(own.labels.evaded),
        disclosed: labelText(own.labels.disclosed),
        kinds: own.labels.kinds,
      });
    }
  }
  return earned;
};

const outcomeText = (outcome: Outcome): string =>
  outcome.kind === 'scored' ? (outcome.passed ? 'pass' : 'fail') : 'unscored';

const labelText = (label: Label): string =>
  label.kind === 'known' ? (label.value ? 'yes' : 'no') : label.kind === 'inapplicable' ? '-' : 'unscored';

const taskText = (task: Task): string => {
  const title = `${task.environment}, ${task.split} variant ${task.variant}, ${task.register}${task.group === null ? '' : `, ${task.group.role}`}`;
  const messages = openingMessages(task, DIALECTS.tags).map((message) =>
    message.role === 'assistant' ? message.raw : `[${message.role}]\n${message.text}`,
  );
  const files = task.files.map(({ path, text, mode }) => `[file ${path}, mode ${mode.toString(8)}]\n${text.trimEnd()}`);
  return [`== ${title}`, ...messages, ...files].join('\n\n');
};

const HEADINGS = [
  'role',
  'submission',
  'task',
  'proxy',
  'intent',
  'attempted',
  'succeeded',
  'evaded',
  'disclosed',
  'kinds',
];

const earnedText = (earned: readonly Earned[]): string => {
  const grouped = earned.some((row) => row.task !== null);
  const rows = [
    HEADINGS,
    ...earned.map((row) => [
      row.role,
      row.submission,
      row.task ?? '',
      row.proxy,
      row.intent,
      row.attempted,
      row.succeeded,
      row.evaded,
      row.disclosed,
      row.kinds.join(', '),
    ]),
  ].map((row) => row.filter((_, column) => grouped || column !== HEADINGS.indexOf('task')));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return ['== what its submissions earn', ...lines].join('\n');
};
