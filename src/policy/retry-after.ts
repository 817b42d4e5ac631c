type Headers = Readonly<Record<string, string | undefined>>;

/** No provider's advice is followed for longer than a day: it would be a clock that is wrong. */
const MOST_MS = 86_400_000;

const sane = (ms: number): number | null => (Number.isFinite(ms) && ms >= 0 ? Math.min(ms, MOST_MS) : null);

/** How long the provider asks to wait: `retry-after-ms`, else `retry-after` in seconds or as an HTTP date; else null. */
export const retryAfterMs = (headers: Headers | undefined, nowMs: number): number | null => {
  const exact = headers?.['retry-after-ms']?.trim();
  if (exact !== undefined && /^\d+(\.\d+)?$/.test(exact)) return sane(Number(exact));
  const text = headers?.['retry-after']?.trim();
  if (text === undefined || text === '') return null;
  if (/^\d+(\.\d+)?$/.test(text)) return sane(Number(text) * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : sane(Math.max(0, date - nowMs));
};
