import { createHash } from 'node:crypto';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/**
 * Pins what a guest could tell one run from another by: `Date` and `Math.random` of this worker thread become functions
 * of the job. Only ever called in a worker of ours. Deadlines use the monotonic clock, which stays real.
 */
const RealDate = Date;
let guestMs = 0;
let drew = false;
let draw: () => number = () => 0;

const realMonotonic = performance.now.bind(performance);
export const monotonicMs = (): number => realMonotonic();

export const setGuestClock = (ms: number): void => {
  guestMs = ms;
};
export const guestNowMs = (): number => guestMs;

export const seedGuestRandom = (seed: string): void => {
  const digest = createHash('sha256').update(seed).digest();
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)));
  drew = false;
  draw = () => (generator.next() >>> 0) / 2 ** 32;
};
export const guestRandom = (): number => {
  drew = true;
  return draw();
};
export const guestDrew = (): boolean => drew;

const ZONED = /(?:[zZ]|[+-]\d\d:?\d\d|GMT|UTC|\b[A-Z]{3,4}T)\s*$/;

/** Text without a zone means UTC, as local time does here. */
const parse = (text: string): number => {
  if (ZONED.test(text)) return RealDate.parse(text);
  const iso = RealDate.parse(`${text}Z`);
  if (!Number.isNaN(iso)) return iso;
  const loose = RealDate.parse(`${text} UTC`);
  return Number.isNaN(loose) ? RealDate.parse(text) : loose;
};

class GuestDate extends RealDate {
  constructor(...given: unknown[]) {
    const [first] = given;
    if (given.length === 0) super(guestMs);
    else if (given.length > 1) super(RealDate.UTC(...(given as Parameters<typeof RealDate.UTC>)));
    else super(typeof first === 'string' ? parse(first) : (first as number));
  }
  static override now(): number {
    return guestMs;
  }
  static override parse(text: string): number {
    return parse(text);
  }
  override getTimezoneOffset(): number {
    return 0;
  }
  override toString(): string {
    return this.toUTCString();
  }
}

const LOCAL = ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'];
const RealFormat = Intl.DateTimeFormat;

/** Zone and language are the host's unless the guest names them. */
class GuestFormat extends RealFormat {
  constructor(locales?: Intl.LocalesArgument, options?: Intl.DateTimeFormatOptions) {
    super(locales ?? 'en-US', { ...options, timeZone: options?.timeZone ?? 'UTC' });
  }
}

/** Once per worker, before just-bash is loaded, since it keeps some of these for itself. */
export const pinGuestTime = (): void => {
  for (const unit of LOCAL)
    for (const verb of ['get', 'set']) {
      const utc = Reflect.get(RealDate.prototype, `${verb}UTC${unit}`);
      if (typeof utc === 'function')
        Object.defineProperty(GuestDate.prototype, `${verb}${unit}`, {
          value: utc,
          writable: true,
          configurable: true,
        });
    }
  // `Date(...)` as a function is not used by just-bash; a class is enough.
  globalThis.Date = GuestDate as unknown as DateConstructor;
  Object.defineProperty(Intl, 'DateTimeFormat', { value: GuestFormat, writable: true, configurable: true });
  Object.defineProperty(performance, 'now', { value: guestNowMs, writable: true, configurable: true });
  Math.random = guestRandom;
};
