import { guestNowMs, monotonicMs, setGuestClock } from './guest-clock.ts';
import type { GuestFs } from './guest-fs.ts';
import type { ShellJob } from './job.ts';

/** Ends what runs under `timeout`: at a moment of the guest's clock, or of the real one for what only burns time. */
export interface Alarm {
  readonly signal: AbortSignal;
  readonly atGuestMs: number;
  readonly atRealMs: number;
  fired(): boolean;
  fire(): void;
}

/** The command that this worker runs, as the commands of ours see it. */
export interface Running {
  readonly fs: GuestFs;
  readonly job: ShellJob;
  /** Aborted at the deadline. It looks at the clock when it is looked at: just-bash's loops never reach a timer. */
  readonly signal: AbortSignal;
  /** What the guest asked to run as its shell ends. */
  exitTrap: string | null;
  /** Name of the limit that was hit, if one was. */
  limit: string | null;
  readonly timedOut: boolean;
  /** Whether the same job always ends the same way. */
  repeatable: boolean;
  /** On the monotonic clock: when whatever burns time now must end. */
  burnUntilMs(): number;
  /** `ms` of real time from now, or of guest time slept. */
  setAlarm(ms: number): Alarm;
  clearAlarm(alarm: Alarm): void;
  sleep(ms: number): void;
  stop(): void;
}

/** `$$` of every guest. */
export const SHELL_PID = 4_242;

let current: Running | null = null;

export const nowRunning = (): Running => {
  if (current === null) throw new Error('no command is running');
  return current;
};

const alarmAt = (atGuestMs: number, atRealMs: number): Alarm => {
  const controller = new AbortController();
  const { signal } = controller;
  let over = false;
  const fire = (): void => {
    over = true;
    controller.abort();
  };
  const fired = (): boolean => {
    if (!over && monotonicMs() >= atRealMs) over = true;
    return over;
  };
  Object.defineProperty(signal, 'aborted', { get: fired });
  return { signal, atGuestMs, atRealMs, fired, fire };
};

export const startRunning = (fs: GuestFs, job: ShellJob): Running => {
  const alarms = new Set<Alarm>();
  const alarmIn = (ms: number): Alarm => alarmAt(guestNowMs() + ms, monotonicMs() + ms);
  const deadline = alarmIn(job.commandMs);
  // For what waits on the event loop: archives and SQLite do.
  const timer = setTimeout(deadline.fire, job.commandMs);
  alarms.add(deadline);
  const running: Running = {
    fs,
    job,
    signal: deadline.signal,
    exitTrap: null,
    limit: null,
    get timedOut() {
      return deadline.fired();
    },
    repeatable: true,
    burnUntilMs: () => Math.min(...[...alarms].map((alarm) => alarm.atRealMs)),
    setAlarm: (ms) => {
      const alarm = alarmIn(ms);
      alarms.add(alarm);
      return alarm;
    },
    clearAlarm: (alarm) => alarms.delete(alarm),
    sleep: (ms) => {
      const until = guestNowMs() + ms;
      const due = [...alarms].filter((alarm) => alarm.atGuestMs <= until).sort((a, b) => a.atGuestMs - b.atGuestMs)[0];
      setGuestClock(due?.atGuestMs ?? until);
      due?.fire();
    },
    stop: () => {
      clearTimeout(timer);
      current = null;
    },
  };
  current = running;
  return running;
};
