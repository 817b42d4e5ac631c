/** At most `cap` bytes of UTF-8, cut between characters. Lone surrogates become U+FFFD, so that records are valid text. */
export const cut = (text: string, cap: number): { readonly text: string; readonly truncated: boolean } => {
  // No character is shorter than a byte, so what is beyond `cap` units cannot be kept.
  const bytes = Buffer.from(text.slice(0, cap + 1), 'utf8');
  if (bytes.length <= cap) return { text: bytes.toString('utf8'), truncated: false };
  let end = cap;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return { text: bytes.subarray(0, end).toString('utf8'), truncated: true };
};
