import { inputError } from '../../../base/errors.ts';
import { startChild, wordsOf } from './child.ts';
import { enclose, type Surroundings } from './enclosure.ts';

const whatToDo = (message: string): string => {
  if (/ENOENT/.test(message)) return 'apt-get install bubblewrap, or run your own code without a sandbox: --trust';
  if (/namespace|denied|not permitted/i.test(message)) {
    return 'allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1; kernel.apparmor_restrict_unprivileged_userns=0; in Docker a seccomp profile that allows them), or run your own code without a sandbox: --trust';
  }
  return 'look at the message above, or run your own code without a sandbox: --trust';
};

/** Starts a program that does nothing (or says its version) where the grader is going to run. Throws `inputError` `sandbox-missing`. */
export const checkSandbox = async (
  around: Surroundings,
  command: readonly string[] = ['/bin/sh', '-c', ':'],
): Promise<void> => {
  const child = startChild(enclose(command, around), {
    onLine: () => undefined,
    onFlood: () => undefined,
    lineChars: 1_000,
  });
  child.endInput();
  const ending = await child.ended;
  if (ending.code === 0) return;
  const said = child.stderrTail();
  const message = ending.failure ?? (said === '' ? wordsOf(ending).words : said);
  throw inputError({
    code: 'sandbox-missing',
    what: "Other people's code runs in bubblewrap, which does not work on this machine.",
    given: message,
    todo: whatToDo(message),
  });
};
