import { readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';

export interface PeakMemory extends Disposable {
  /** Bytes of this process, all its threads included, as the kernel has counted them: no peak is missed. */
  own(): number;
  /**
   * Bytes of this process and all that it started, the most that was seen at once. Pages that processes share count once
   * for each, so the truth is lower. Null where the system does not tell (no Linux).
   */
  family(): number | null;
}

const EVERY_MS = 500;
const KIB = 1024;

/** Null where a process has just ended, or where there is no /proc. */
const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

const residentBytes = (pid: number): number => {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  return kib === undefined ? 0 : Number(kib) * KIB;
};

const familyBytes = (pid: number): number | null => {
  const children = read(`/proc/${pid}/task/${pid}/children`);
  if (children === null) return null;
  const pids = children.split(' ').flatMap((text) => (text === '' ? [] : [Number(text)]));
  return residentBytes(pid) + pids.reduce((sum, child) => sum + (familyBytes(child) ?? 0), 0);
};

/** Watches from now until it is disposed of. */
export const watchMemory = (): PeakMemory => {
  let most: number | null = null;
  const look = (): void => {
    const now = familyBytes(process.pid);
    if (now !== null) most = Math.max(most ?? 0, now);
  };
  look();
  const timer = setInterval(look, EVERY_MS).unref();
  return {
    own: () => process.resourceUsage().maxRSS * KIB,
    family: () => {
      look();
      return most;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
};
