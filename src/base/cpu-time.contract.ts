/** Time as tests measure it: what a busy machine does beside it does not count, and no jump of a clock. */
const totalMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** Says how many milliseconds of processor time this process has used since. */
export const cpuTimer = (): (() => number) => {
  const startMs = totalMs();
  return () => totalMs() - startMs;
};

/** Milliseconds of processor time. */
export const cpuMs = (work: () => void): number => {
  const took = cpuTimer();
  work();
  return took();
};
