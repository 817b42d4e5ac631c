/**
 * Lets a few through in each turn of the event loop, in order. Thousands of answers that arrive at once are read a few at a
 * time, so that timers, signals and other sockets get their turn in between.
 */
export const turnGate = (burst: number): (() => Promise<void>) => {
  const waiting: (() => void)[] = [];
  let left = burst;
  let renews = false;
  const renew = (): void => {
    renews = false;
    const now = waiting.splice(0, burst);
    left = burst - now.length;
    for (const go of now) go();
    if (left < burst) later();
  };
  const later = (): void => {
    if (renews) return;
    renews = true;
    setImmediate(renew);
  };
  return async () => {
    later();
    if (left > 0) left -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
};
