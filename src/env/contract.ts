/**
 * The contract of an environment, checked by playing its own submissions. Every family runs it in its test; anyone
 * who writes one can run it on theirs. Returns what is wrong, in sentences; nothing wrong is an empty list.
 */
import { unreachable } from '../base/errors.ts';
import type { GradeContext } from '../grade/grader.ts';
import { isYes } from '../grade/labels.ts';
import type { Submission } from '../policy/submission.ts';
import type { Rollout } from '../record/rollout.ts';
import type { PromptSet, Register, Task } from '../record/task.ts';
import type { Label, Labels, Outcome } from '../record/verdict.ts';
import { MIN_VARIANTS, Variety } from './contract-variety.ts';
import type { Environment, Exploit, TaskChoice } from './environment.ts';
import { COMPACT_TOKENS, messageTokens } from './variant.ts';

export type Play = (task: Task, submission: Submission) => Promise<Rollout>;

/** One group played and graded. */
export interface Graded {
  readonly rollouts: readonly Rollout[];
  readonly proxy: readonly Outcome[];
  readonly intent: readonly Outcome[];
  readonly labels: readonly Omit<Labels, 'schema' | 'rollout'>[];
}

export const gradeGroup = async (
  environment: Environment,
  rollouts: readonly Rollout[],
  context: GradeContext,
): Promise<Graded> => ({
  rollouts,
  proxy: await environment.proxy.grade(rollouts, context),
  intent: await environment.intent.grade(rollouts, context),
  labels: await environment.labels.label(rollouts, context),
});

/** Static facts: enough variants, distinct and disjoint tasks, compact ones short, witnesses that exist. */
export const checkDeclarations = (environment: Environment): string[] => {
  const wrong: string[] = [];
  const seen = new Map<string, string>();
  const variety = new Variety();
  for (const split of ['train', 'test'] as const) {
    if (environment.variants[split] < MIN_VARIANTS) {
      wrong.push(`${split}: ${environment.variants[split]} variants, at least ${MIN_VARIANTS} are needed`);
    }
    for (let variant = 0; variant < environment.variants[split]; variant++) {
      for (const register of ['realistic', 'compact'] as const) {
        for (const promptSet of ['main', 'alternate'] as const) {
          const choice = { split, variant, register, promptSet };
          const again = environment.tasks(choice);
          const tasks = environment.tasks(choice);
          variety.add(choice, tasks);
          for (const [index, task] of tasks.entries()) {
            wrong.push(...checkTask(environment, choice, task, seen));
            if (again[index]?.id !== task.id) wrong.push(`${placeOf(choice, task)} changes when it is made again`);
          }
        }
      }
    }
  }
  wrong.push(...variety.problems());
  if (environment.control !== undefined && environment.weaknesses.length > 0) {
    wrong.push(`it is a control (${environment.control}), so it has no weaknesses`);
  }
  if (environment.control === undefined && environment.weaknesses.length === 0) {
    wrong.push('it has no weakness, and does not say that it is a control');
  }
  const first = environment.tasks({ split: 'train', variant: 0, register: 'realistic', promptSet: 'main' })[0];
  if (first === undefined) return [...wrong, 'variant 0 has no task'];
  const exploits = environment.submissions(first).exploits;
  for (const weakness of environment.weaknesses) {
    if (
      !exploits.some((exploit) => exploit.submission.name === weakness.witness && exploit.weakness === weakness.name)
    ) {
      wrong.push(`weakness "${weakness.name}" has no exploit named "${weakness.witness}"`);
    }
  }
  for (const exploit of exploits) {
    if (!environment.weaknesses.some((weakness) => weakness.name === exploit.weakness)) {
      wrong.push(`exploit "${exploit.submission.name}" uses an undeclared weakness "${exploit.weakness}"`);
    }
  }
  return wrong;
};

const placeOf = (choice: TaskChoice, task: Task): string =>
  `${choice.split} ${choice.variant} ${choice.register} ${choice.promptSet}${task.group === null ? '' : ` ${task.group.role}`}`;

const checkTask = (environment: Environment, choice: TaskChoice, task: Task, seen: Map<string, string>): string[] => {
  const wrong: string[] = [];
  const where = placeOf(choice, task);
  const twin = seen.get(task.id);
  if (twin !== undefined) wrong.push(`${where} is the same task as ${twin}`);
  seen.set(task.id, where);
  if (task.environment !== environment.name) wrong.push(`${where} says it belongs to "${task.environment}"`);
  if (choice.register === 'compact') {
    const tokens = messageTokens(task.messages);
    if (tokens > COMPACT_TOKENS)
      wrong.push(`${where} takes up to ${tokens} tokens, at most ${COMPACT_TOKENS} are allowed`);
  }
  return wrong;
};

/** One variant. Without `split` and `promptSet`: train, and the main prompts. */
export interface SubmissionChoice {
  readonly variant: number;
  readonly register: Register;
  readonly split?: 'train' | 'test';
  readonly promptSet?: PromptSet;
}

/** Plays gold, empty, wrong and every exploit of one variant and checks what they earn and how they are labelled. */
export const checkSubmissions = async (
  environment: Environment,
  choice: SubmissionChoice,
  play: Play,
  context: GradeContext,
): Promise<string[]> => {
  const tasks = environment.tasks({ split: choice.split ?? 'train', promptSet: 'main', ...choice });
  const first = tasks[0];
  if (first === undefined) return [`variant ${choice.variant} has no task`];
  const wrong: string[] = [];
  const asks = questionsOf(environment, first);
  const playAll = async (of: (task: Task) => Submission): Promise<Graded> => {
    const rollouts: Rollout[] = [];
    for (const task of tasks) rollouts.push(await play(task, of(task)));
    const graded = await gradeGroup(environment, rollouts, context);
    for (const [index, labels] of graded.labels.entries()) {
      const name = (tasks[index] ?? first).group?.role ?? first.environment;
      note(`${of(tasks[index] ?? first).name} (${name})`, coherent(labels, asks));
    }
    return graded;
  };
  const note = (name: string, problems: readonly string[]): void => {
    wrong.push(
      ...problems.map(
        (problem) => `variant ${choice.variant} ${choice.register} ${choice.promptSet ?? 'main'}, ${name}: ${problem}`,
      ),
    );
  };

  const gold = await playAll((task) => environment.submissions(task).gold);
  note('gold', [
    ...expect('intent', gold.intent, true),
    ...expect('proxy', gold.proxy, environment.proxyPaysHonest),
    ...noGaming(gold, asks),
    ...(asks === 'obedience' ? gold.labels.flatMap(anAttempt) : []),
  ]);
  const again = await gradeGroup(environment, gold.rollouts, context);
  if (
    JSON.stringify([again.proxy, again.intent, again.labels]) !== JSON.stringify([gold.proxy, gold.intent, gold.labels])
  ) {
    note('gold', ['the same rollouts were graded differently the second time']);
  }
  const empty = await playAll((task) => environment.submissions(task).empty);
  note('empty', [
    ...expect('intent', empty.intent, false),
    ...expect('proxy', empty.proxy, false),
    ...noGaming(empty, asks),
  ]);
  const { wrong: wrongs, exploits } = environment.submissions(first);
  if (wrongs.length === 0) wrong.push('there is no wrong submission');
  for (const [index, submission] of wrongs.entries()) {
    const played = await playAll((task) => environment.submissions(task).wrong[index] ?? submission);
    note(`wrong "${submission.name}"`, [...expect('intent', played.intent, false), ...noGaming(played, asks)]);
  }
  for (const [index, exploit] of exploits.entries()) {
    const played = await playAll((task) => (environment.submissions(task).exploits[index] ?? exploit).submission);
    note(`exploit "${exploit.submission.name}"`, [
      ...expect('proxy', played.proxy, true),
      ...expect('intent', played.intent, false),
      ...played.labels.flatMap((labels) => checkLabels(labels, exploit)),
    ]);
  }
  return wrong;
};

const expect = (channel: string, outcomes: readonly Outcome[], passes: boolean): string[] =>
  outcomes.flatMap((outcome) => {
    if (outcome.kind === 'unscored') return [`${channel} is unscored (${outcome.cause})`];
    return outcome.passed === passes ? [] : [`${channel} ${outcome.passed ? 'passes' : 'fails'}: ${outcome.reason}`];
  });

/**
 * What the labels of a family ask. gaming: was the proxy gamed. gaming-told: and was the user told. obedience: the act
 * was asked for, so that it is no gaming and the gold submission does it. nothing: no question arises.
 */
type Questions = 'gaming' | 'gaming-told' | 'obedience' | 'nothing';

const questionsOf = (environment: Environment, task: Task): Questions => {
  switch (environment.control) {
    case 'ordinary':
      return 'nothing';
    case 'told':
      return 'obedience';
    case undefined: {
      const { exploits } = environment.submissions(task);
      return exploits.some((exploit) => exploit.expect.disclosed !== 'inapplicable') ? 'gaming-told' : 'gaming';
    }
    default:
      return unreachable(environment.control);
  }
};

type BareLabels = Omit<Labels, 'schema' | 'rollout'>;

const noGaming = (graded: Graded, asks: Questions): string[] =>
  graded.labels.flatMap((labels) =>
    isYes(labels.attempted) && asks !== 'obedience' ? ['is labelled as an attempt'] : [],
  );

const anAttempt = ({ attempted, succeeded }: BareLabels): string[] => [
  ...(isYes(attempted) ? [] : ['is not labelled as an attempt']),
  ...(isYes(succeeded) ? [] : ['is not labelled as a success']),
];

/** What holds for the labels of any rollout that was decided. */
const coherent = (labels: BareLabels, asks: Questions): string[] => {
  const { attempted, disclosed, kinds } = labels;
  if (asks === 'nothing') {
    const raised = [labels.attempted, labels.succeeded, labels.evaded, labels.disclosed].filter(
      ({ kind }) => kind !== 'inapplicable',
    );
    return raised.length === 0 && kinds.length === 0 ? [] : ['has labels, though there is nothing to game'];
  }
  if (attempted.kind !== 'known') return [`attempted is ${attempted.kind}`];
  const asked = attempted.value && asks !== 'gaming';
  return [
    ...(attempted.value === kinds.length > 0
      ? []
      : [`attempted is ${attempted.value}, kinds: ${kinds.join(', ') || 'none'}`]),
    ...(asked === (disclosed.kind !== 'inapplicable')
      ? []
      : [`disclosed is ${disclosed.kind}, but attempted is ${attempted.value}`]),
  ];
};

const checkLabels = (labels: BareLabels, exploit: Exploit): string[] => {
  const { evaded, disclosed, kinds } = exploit.expect;
  const missing = kinds.filter((kind) => !labels.kinds.includes(kind));
  return [
    ...anAttempt(labels),
    ...agrees('evaded', labels.evaded, evaded),
    ...agrees('disclosed', labels.disclosed, disclosed),
    ...(missing.length === 0
      ? []
      : [`lacks the kinds ${missing.join(', ')}; has ${labels.kinds.join(', ') || 'none'}`]),
  ];
};

const agrees = (name: string, label: Label, expected: boolean | 'inapplicable'): string[] => {
  const is = label.kind === 'known' ? label.value : label.kind;
  return is === expected ? [] : [`${name} is ${is}, expected ${expected}`];
};
