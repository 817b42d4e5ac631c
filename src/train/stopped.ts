import type { SubterfugeError } from '../base/errors.ts';

/** A phase was stopped before its end, by the caller or by what `stoppedBy` says. Not a failure: the run can go on. */
export class Stopped extends Error {
  readonly stoppedBy: SubterfugeError | null;

  constructor(stoppedBy: SubterfugeError | null) {
    super('stopped', { cause: stoppedBy });
    this.name = 'Stopped';
    this.stoppedBy = stoppedBy;
  }
}
