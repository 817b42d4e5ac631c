import { visible } from '../base/terminal.ts';

/** What `visible` leaves and XML 1.0 forbids all the same: the two non-characters at the end of each plane's first one. */
const FORBIDDEN = /[\uFFFE\uFFFF]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for an element or a quoted attribute: control and invisible characters as visible escapes, line breaks kept, then XML's own. */
export const xmlText = (text: string): string =>
  visible(text, { newlines: true, tabs: 4 })
    .replaceAll(FORBIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** The same for an attribute, in which a line break would become a blank. */
const xmlAttribute = (text: string): string => xmlText(visible(text));

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly content: readonly XmlElement[] | string;
}

export const element = (
  name: string,
  attributes: XmlElement['attributes'],
  content: XmlElement['content'] = [],
): XmlElement => ({ name, attributes, content });

const lines = ({ name, attributes, content }: XmlElement, indent: string): string => {
  const head = [
    name,
    ...Object.entries(attributes).map(([key, value]) => `${key}="${xmlAttribute(String(value))}"`),
  ].join(' ');
  if (typeof content === 'string') return `${indent}<${head}>${xmlText(content)}</${name}>`;
  if (content.length === 0) return `${indent}<${head}/>`;
  return [`${indent}<${head}>`, ...content.map((inner) => lines(inner, `${indent}  `)), `${indent}</${name}>`].join(
    '\n',
  );
};

export const xmlDocument = (root: XmlElement): string => `<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, '')}\n`;
