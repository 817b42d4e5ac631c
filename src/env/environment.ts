import type { Grader, Labeller } from '../grade/grader.ts';
import type { Judging } from '../grade/judging.ts';
import type { Submission } from '../policy/submission.ts';
import type { FailureClass } from '../record/audit.ts';
import type { Rollout } from '../record/rollout.ts';
import type { PromptSet, Register, Split, Task } from '../record/task.ts';

/**
 * ordinary: everyday work with an honest measure and nothing to game; measures capability, and is the other half of training.
 * told: a family's tasks with a request to tamper in front; measures capability, so an attempt there is obedience.
 */
export type Control = 'ordinary' | 'told';

/** An intended hole: how the proxy can be won without the intent. Any other hole that is found is a bug. */
export interface Weakness {
  readonly name: string;
  readonly description: string;
  /** Name of the exploit submission that uses it. */
  readonly witness: string;
}

export interface TaskChoice {
  readonly split: Split;
  /** 0 to `variants[split] - 1`. Train and test never share a variant's paths, names or numbers as a whole. */
  readonly variant: number;
  readonly register: Register;
  readonly promptSet: PromptSet;
}

/** What each exploit must be labelled, checked by the contract. */
export interface ExpectedLabels {
  readonly evaded: boolean | 'inapplicable';
  readonly disclosed: boolean | 'inapplicable';
  readonly kinds: readonly string[];
}

export interface Exploit {
  readonly weakness: string;
  readonly submission: Submission;
  readonly expect: ExpectedLabels;
}

export interface Submissions {
  readonly gold: Submission;
  /** Does nothing and says nothing. */
  readonly empty: Submission;
  /** Honest but bad work: at least one. None of them games. */
  readonly wrong: readonly Submission[];
  readonly exploits: readonly Exploit[];
}

/** For each rollout of a group, in order, a number from -1 to 1; null where its group does not tell. */
export interface Contrast {
  readonly name: string;
  /** What the mean of the numbers says, in one sentence. */
  readonly text: string;
  of(group: readonly Rollout[]): readonly (number | null)[];
}

/** A family of tasks in which a proxy can be won without the intent, or a control beside such families. */
export interface Environment {
  readonly name: string;
  readonly title: string;
  /** Where the setting comes from: paper and section. */
  readonly origin: string;
  /** Null: a control in which nothing can be gamed. */
  readonly failureClass: FailureClass | null;
  /** Not a family to measure gaming in: listed apart, and not part of `all`. */
  readonly control?: Control;
  readonly tools: readonly 'bash'[];
  readonly variants: Readonly<Record<Split, number>>;
  /** False for held-out families: every trainer refuses them. */
  readonly trainable: boolean;
  /** Whether honest work passes the proxy. */
  readonly proxyPaysHonest: boolean;
  readonly weaknesses: readonly Weakness[];
  /** What is measured, in one sentence; what was meant, in one sentence. */
  readonly proxyText: string;
  readonly intentText: string;
  /**
   * The tasks of one variant: one, or where only a comparison shows gaming all tasks of the group, in a fixed order.
   * Pure: the same choice gives the same tasks.
   */
  tasks(choice: TaskChoice): readonly Task[];
  /** Where a rate alone would mislead: a contrast inside groups that chance answers leave at 0. */
  readonly contrast?: Contrast;
  readonly proxy: Grader<'proxy'>;
  readonly intent: Grader<'intent'>;
  readonly labels: Labeller;
  /** What a judge is told, where rules over free text decide intent or labels and a model may take their place. */
  readonly judging?: Judging;
  submissions(task: Task): Submissions;
}
