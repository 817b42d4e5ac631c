/**
 * GPT-2's way of writing bytes as characters (Radford et al., 2019, `bytes_to_unicode`): printable Latin-1 stands for
 * itself, each other byte for one of the characters from U+0100 on. So a vocabulary of texts can hold any bytes.
 */
const PRINTABLE: readonly (readonly [first: number, last: number])[] = [
  [0x21, 0x7e],
  [0xa1, 0xac],
  [0xae, 0xff],
];

const isPrintable = (byte: number): boolean => PRINTABLE.some(([first, last]) => byte >= first && byte <= last);

/** The character that stands for each byte, by byte. */
export const BYTE_CHARACTERS: readonly string[] = (() => {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++));
})();

const BYTE_OF: ReadonlyMap<string, number> = new Map(BYTE_CHARACTERS.map((character, byte) => [character, byte]));

/** The bytes of an entry of a byte-level vocabulary; null where a character of it stands for no byte. */
export const entryBytes = (entry: string): Uint8Array | null => {
  const bytes: number[] = [];
  for (const character of entry) {
    const byte = BYTE_OF.get(character);
    if (byte === undefined) return null;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
};
