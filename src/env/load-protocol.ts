/** What the host and the thread of a user's module say to each other. Everything here is cloned: data, no functions. */
import type { MessagePort } from 'node:worker_threads';
import type { Basis } from '../record/verdict.ts';
import type { PythonOutcome, PythonProgram } from '../sandbox/python.ts';
import type { Environment } from './environment.ts';

/** The functions of an environment. All take and give data. */
export const FUNCTIONS = ['tasks', 'submissions', 'contrast', 'proxy', 'intent', 'labels'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** An environment without its functions, as its module declares it. */
export interface Declared
  extends Pick<
    Environment,
    | 'name'
    | 'title'
    | 'origin'
    | 'failureClass'
    | 'control'
    | 'tools'
    | 'variants'
    | 'trainable'
    | 'proxyPaysHonest'
    | 'weaknesses'
    | 'proxyText'
    | 'intentText'
  > {
  readonly proxy: { readonly name: string; readonly basis: Basis };
  readonly intent: { readonly name: string; readonly basis: Basis };
  readonly labels: { readonly name: string; readonly refusals?: true };
  readonly contrast: { readonly name: string; readonly text: string } | null;
}

/** `module`: it could not be loaded. `shape`: it exports no environment. `threw`, `hung`: a call did. `data`: it gave something that is no data. */
export type FailureKind = 'module' | 'shape' | 'threw' | 'hung' | 'data';

export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
  /** `file:line` or `file:line:column` in the user's files, where it is known. */
  readonly where: string | null;
}

/** How long a call may take, in milliseconds. */
export interface CallLimits {
  /** Of computing without a pause; a call that does not pause is interrupted. */
  readonly computeMs: number;
  /** Of a grader as a whole, which may wait for others (a judge, a program). */
  readonly gradeMs: number;
  /** Of reading the module and what it imports. */
  readonly loadMs: number;
  /** Beyond its limit a call has this long to be interrupted, and its thread to find and say the line. */
  readonly graceMs: number;
}

export interface ThreadSetup {
  /** Absolute path of the module. */
  readonly file: string;
  readonly limits: CallLimits;
  /** Becomes 1 with an answer to a call that its caller waits for without a pause, 2 when the thread ends. */
  readonly gate: SharedArrayBuffer;
}

export const ANSWERED = 1;
export const ENDED = 2;

export type ToThread =
  | { readonly kind: 'port'; readonly port: MessagePort }
  | { readonly kind: 'describe'; readonly id: number }
  /** Makes every task, in the thread: thousands of calls, whose answers are not wanted. */
  | { readonly kind: 'declarations'; readonly id: number }
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly function: FunctionName;
      readonly argument: unknown;
      /** The caller stands still until the answer comes through the port. */
      readonly waits: boolean;
      /** Name of the Python that graders may ask for. */
      readonly python: string;
    }
  | { readonly kind: 'python'; readonly id: number; readonly outcome: PythonOutcome };

/** What is wrong with all its tasks, in sentences. `whole`: none of them threw. */
export interface Declarations {
  readonly problems: readonly string[];
  readonly whole: boolean;
}

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure };

export type FromThread =
  | ({ readonly kind: 'answer' } & Answer)
  /** `call`: the id of the call that asks. */
  | { readonly kind: 'python'; readonly id: number; readonly call: number; readonly program: PythonProgram };
