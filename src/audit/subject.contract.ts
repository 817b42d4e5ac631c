import type { Subject } from './subject.ts';

/**
 * Graders that every adapter builds once in its own medium, so that one suite (`describeSubject`) tests all kinds:
 *
 *   length          min(1, characters of the answer / 10)
 *   reference       1 where the answer equals the reference, else 0
 *   the rest        as `length`, but where the answer contains `!!` it does what its name says
 */
export const BEHAVIOURS = [
  'length',
  'reference',
  'throws',
  'hangs',
  'nan',
  'infinite',
  'text',
  'nothing',
  'out-of-range',
  'exits',
  'floods',
  /** Its score depends on how often it was asked. */
  'nondeterministic',
  /** Writes a file into its working directory and the home directory, and into the folder that the suite names. */
  'writes',
] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

export interface ContractSetup {
  readonly timeoutMs: number;
  /** A folder of the host: nothing may appear in it. */
  readonly forbidden: string;
}

/** Null where the medium has no such behaviour (a recorded verdict cannot hang). */
export type OpenBehaviour = (behaviour: Behaviour, setup: ContractSetup) => Promise<Subject> | null;
