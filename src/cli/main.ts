import { messageOf, SubterfugeError } from '../base/errors.ts';
import { type Io, processIo } from './io.ts';
import { buildProgram, isUsageError } from './program.ts';

/** Runs one command line and gives its exit code: 0 done, 1 answered "no", 2 bad input, 3 could not finish. */
export const run = async (argv: readonly string[], io: Io): Promise<number> => {
  let code = 0;
  const program = buildProgram(io, (chosen) => {
    code = chosen;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (thrown) {
    if (isUsageError(thrown)) return thrown.exitCode === 0 ? 0 : 2;
    if (thrown instanceof SubterfugeError) {
      io.err(`${thrown.message}\n`);
      return thrown.exitCode;
    }
    io.err(
      `Subterfuge failed unexpectedly: ${messageOf(thrown)}\n${thrown instanceof Error ? (thrown.stack ?? '') : ''}\n`,
    );
    return 3;
  }
};

/** The process: its streams, its arguments, its exit code. */
export const main = async (): Promise<void> => {
  // A closed pipe (`subterfuge show RUN | head`) is the reader's way of saying that it has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  // Nobody reads the progress any more; the result may still be wanted.
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  // Until it is known better, and if the process ends for lack of anything to wait for: it did not finish.
  process.exitCode = 3;
  process.exitCode = await run(process.argv.slice(2), processIo());
};
