/** What the scripts of this repository end alike: bad input is told and not thrown, and what somebody may have worked on is not written over. */
import { writeFile } from 'node:fs/promises';
import { SubterfugeError } from '../../src/base/errors.ts';
import { diskError } from '../../src/store/disk.ts';

/** Runs `main`, whose number is the exit code. A problem that is ours to tell goes to standard error, with its own exit code; others are thrown. */
export const runScript = async (main: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await main();
  } catch (thrown) {
    if (!(thrown instanceof SubterfugeError)) throw thrown;
    process.stderr.write(`${thrown.message}\n`);
    process.exitCode = thrown.exitCode;
  }
};

/** One JSON object a line, to a new file: lines that somebody labelled are not to be lost. Throws where `path` is there. */
export const writeNewLines = async (path: string, rows: readonly object[]): Promise<void> => {
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  await writeFile(path, text, { flag: 'wx' }).catch((thrown: unknown) => {
    throw diskError(path, thrown, null, 'choose another --out');
  });
};
