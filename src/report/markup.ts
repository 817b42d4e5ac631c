import { html, raw } from 'hono/html';
import { clip, line } from './clip.ts';

/** Escaped markup. */
export type Html = ReturnType<typeof raw>;

/** What may stand in a template: strings are made visible and escaped, markup is taken as it is, null is nothing. */
export type Fragment = string | number | Html | null | readonly Fragment[];

/** A safe string still carries newlines; attributes and running text do not need them, `block` does. */
const safe = (value: Fragment): unknown => {
  if (typeof value === 'string') return line(value);
  return Array.isArray(value) ? value.map((item: Fragment) => safe(item)) : value;
};

/**
 * Markup from a template. Every string in it, from whomever it comes, has its invisible and control characters turned
 * into visible escapes and is then escaped for HTML. There is no other way into a page.
 */
export const h = (strings: TemplateStringsArray, ...values: readonly Fragment[]): Html => {
  const out = html(strings, ...values.map(safe));
  if (out instanceof Promise) throw new TypeError('a report is made without waiting: no promise belongs in a template');
  return out as Html;
};

/** Text of many lines, cut where it is very long, for a `<pre>`. */
export const block = (text: string): Html => {
  const out = html`${clip(text)}`;
  if (out instanceof Promise) throw new TypeError('a report is made without waiting: no promise belongs in a template');
  return out as Html;
};

/** Our own constant markup or style, never anything that was read from somewhere. */
export const trusted = (text: string): Html => raw(text);
