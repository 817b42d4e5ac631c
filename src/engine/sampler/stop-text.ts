/** The bytes that a row has written, and whether one of its stop sequences is among them. */
export interface StopText {
  /** Appends; true as soon as a stop sequence is complete, also one that began in earlier bytes. */
  push(bytes: Uint8Array): boolean;
  /** What was written before the first stop sequence. */
  text(): string;
}

/** Empty stop sequences never stop. Sequences are compared as UTF-8, so that one may be spread over several tokens. */
export const stopText = (stop: readonly string[]): StopText => {
  const sequences = stop.filter((sequence) => sequence !== '').map((sequence) => Buffer.from(sequence, 'utf8'));
  const longest = sequences.reduce((most, { length }) => Math.max(most, length), 0);
  let written = Buffer.alloc(256);
  let length = 0;
  let end = -1;
  return {
    push: (bytes) => {
      if (length + bytes.length > written.length) {
        const larger = Buffer.alloc(2 * (length + bytes.length));
        written.copy(larger, 0, 0, length);
        written = larger;
      }
      written.set(bytes, length);
      const from = Math.max(0, length - longest + 1);
      length += bytes.length;
      if (longest === 0) return false;
      const fresh = written.subarray(from, length);
      for (const sequence of sequences) {
        const found = fresh.indexOf(sequence);
        if (found >= 0 && (end < 0 || from + found < end)) end = from + found;
      }
      return end >= 0;
    },
    text: () => written.toString('utf8', 0, end < 0 ? length : end),
  };
};
