import { readFileSync } from 'node:fs';

const PAGE_BYTES = 4_096;

/** Resident memory of a process in MB, where the system tells (Linux); 0 elsewhere, and of a process that has ended. */
export const residentMb = (pid: number | undefined): number => {
  if (pid === undefined || process.platform !== 'linux') return 0;
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]);
    return (pages * PAGE_BYTES) / 1_048_576;
  } catch {
    // It has just ended: its exit says so.
    return 0;
  }
};
