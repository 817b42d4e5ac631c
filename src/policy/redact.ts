/** Keys as providers write them, for those that we were not told of. */
const SHAPES = [
  /\b(?:sk|pk|rk)-[A-Za-z0-9_*-]{8,}/g,
  /\bAIza[A-Za-z0-9_-]{10,}/g,
  /\bBearer\s+[A-Za-z0-9._~+/=-]{8,}/gi,
];

const MOST = 400;

/** What a provider said, fit for a message: known and likely secrets gone, control characters gone, at most 400 long. */
export const redactor = (secrets: readonly string[]): ((text: string) => string) => {
  const known = secrets.filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
  return (text) => {
    let safe = text;
    for (const secret of known) safe = safe.replaceAll(secret, '[redacted]');
    for (const shape of SHAPES) safe = safe.replaceAll(shape, '[redacted]');
    // C0, C1, and the marks that turn the direction of text.
    safe = safe.replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
    return safe.length > MOST ? `${safe.slice(0, MOST)}…` : safe;
  };
};
