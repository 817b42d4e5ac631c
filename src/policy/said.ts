import type { Redactor } from '../base/redact.ts';
import { visible } from '../base/terminal.ts';

const MOST_CHARS = 400;

/** What a provider said, fit for a message: secrets and control characters gone, at most 400 characters long. */
export const said = (redactor: Redactor, text: string): string => {
  const safe = visible(redactor.text(text)).trim();
  return safe.length > MOST_CHARS ? `${safe.slice(0, MOST_CHARS)}…` : safe;
};
