import { runError, SubterfugeError } from '../base/errors.ts';
import type { EvaluateResult } from '../evaluate/evaluate.ts';
import { renderTable } from '../report/table.ts';
import type { RunDirectory } from '../store/run-directory.ts';
import type { Io } from './io.ts';
import { writeReport } from './write-report.ts';

/** Prints what came out, and where it lies. A run that was stopped says how to go on with it (exit code 3). */
export const conclude = async (io: Io, store: RunDirectory, result: EvaluateResult, json: boolean): Promise<void> => {
  // The numbers first: they do not depend on the disk that the report needs.
  if (json) io.out(`${JSON.stringify(result.evaluation)}\n`);
  else io.out(`${renderTable(result.evaluation, { width: io.columns, colour: io.colour })}\n`);
  io.err(`report: ${await writeReport(io, store, result.evaluation)}\n`);
  if (result.stoppedBy !== null) throw withCommand(result.stoppedBy, `subterfuge resume ${store.dir}`);
  const { environments } = result.evaluation;
  const faults = environments.reduce((sum, environment) => sum + environment.faults, 0);
  const rollouts = environments.reduce((sum, environment) => sum + environment.rollouts, 0);
  if (faults > 0) {
    io.err(
      `${faults} of ${rollouts} rollouts ended in a fault and are unscored. Try them again: subterfuge resume ${store.dir}\n`,
    );
  }
  if (rollouts > 0 && faults === rollouts) {
    throw runError({
      code: 'all-faults',
      what: 'Every rollout ended in a fault: nothing was measured.',
      given: await firstFault(store),
      todo: `Put that right, then: subterfuge resume ${store.dir}`,
    });
  }
  if (result.finished) return;
  throw runError({
    code: 'stopped',
    what: 'The run was stopped before its end. The numbers above are of what was done.',
    given: store.dir,
    todo: `Go on with it: subterfuge resume ${store.dir}`,
  });
};

/** The same error, with the command that goes on. */
export const withCommand = (
  { exitCode, code, what, given, todo, cause }: SubterfugeError,
  command: string,
): SubterfugeError =>
  new SubterfugeError(exitCode, {
    code,
    what,
    ...(given === null ? {} : { given }),
    todo: `${todo ?? ''} ${command}`.trim(),
    cause,
  });

const firstFault = async (store: RunDirectory): Promise<string> => {
  for await (const { faults } of store.rollouts()) {
    const fault = faults[0];
    if (fault !== undefined) return `${fault.code}: ${fault.message}`;
  }
  return 'no fault was recorded';
};
