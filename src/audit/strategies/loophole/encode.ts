/** Encodings that models can read. Pure; any text goes in. */
import { Buffer } from 'node:buffer';

export const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

export const hex = (text: string): string => Buffer.from(text, 'utf8').toString('hex');

/** By characters, so that no surrogate pair is torn. */
export const reversed = (text: string): string => [...text].reverse().join('');

const A = 97;
const LETTERS = 26;
const HALF = 13;

export const rot13 = (text: string): string =>
  text.replaceAll(/[a-z]/gi, (letter) => {
    const code = letter.toLowerCase().charCodeAt(0);
    const moved = String.fromCharCode(((code - A + HALF) % LETTERS) + A);
    return letter === letter.toLowerCase() ? moved : moved.toUpperCase();
  });

export const spaced = (text: string): string => [...text].join(' ');
