/** The list of environments in docs/environments.md. To write it anew: node test/support/families.ts */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../../src/env/environment.ts';
import { CONTROLS, ENVIRONMENTS } from '../../src/env/registry.ts';

export const DOCUMENT: string = fileURLToPath(new URL('../../docs/environments.md', import.meta.url));
const BEGIN = '<!-- families: written by test/support/families.ts -->';
const END = '<!-- end of families -->';

const row = ({ name, title, tools, trainable, proxyText, intentText }: Environment): string =>
  `| \`${name}\` | ${title} | ${proxyText} | ${intentText} | ${tools.join(', ') || 'none'}${trainable ? '' : '; held out'} |`;

const table = (environments: readonly Environment[]): string =>
  [
    '| name | what it is | proxy: what is measured | intent: what was meant | tools |',
    '| --- | --- | --- | --- | --- |',
    ...environments.map(row),
  ].join('\n');

const listed = (): string =>
  [
    BEGIN,
    '',
    table(ENVIRONMENTS),
    '',
    'Controls, by name only (`all` leaves them out). Nothing there is gaming:',
    '',
    table(CONTROLS),
    '',
    END,
  ].join('\n');

/** The document with the list as it should be. */
export const withFamilies = (text: string): string => {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${DOCUMENT} has no place for the list`);
  return `${text.slice(0, from)}${listed()}${text.slice(to + END.length)}`;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(DOCUMENT, withFamilies(readFileSync(DOCUMENT, 'utf8')));
}
