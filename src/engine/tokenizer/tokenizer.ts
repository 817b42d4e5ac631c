/** Text to token ids and back. Byte-level: every well-formed text (no lone surrogates, which become U+FFFD) comes back. */
export interface Tokenizer {
  readonly vocabSize: number;
  /** Ends an assistant's turn. */
  readonly endId: number;
  /** Text that came from outside: what looks like a special token in it is plain text. */
  encode(text: string): number[];
  /** Special tokens are left out. */
  decode(ids: readonly number[]): string;
  /** Id of a special token such as `<|im_start|>`; null where there is none. */
  special(token: string): number | null;
  /** The UTF-8 bytes that an id stands for: possibly part of a character, and none for a special token. Not to be written to. */
  bytes(id: number): Uint8Array;
}
