import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** RFC 8785 text of a JSON value: equal values give equal bytes. Throws on anything JSON cannot hold. */
export const canonicalJson = (value: unknown): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError(`not a JSON value: ${typeof value}`);
  return text;
};

/** Lower-case hex SHA-256 of bytes or UTF-8 text. */
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex');

/** Identity of a JSON value: SHA-256 of its canonical text. */
export const contentHash = (value: unknown): string => sha256(canonicalJson(value));
