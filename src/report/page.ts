import { createHash } from 'node:crypto';
import type { Fragment, Html } from './markup.ts';
import { h, trusted } from './markup.ts';
import { STYLE } from './style.ts';

/** The style is allowed by its hash alone: an injected style, script, image, form or frame would not be run or loaded. */
const policy = (style: string): string => {
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
};

export interface PageParts {
  readonly title: string;
  readonly header: Fragment;
  readonly main: Fragment;
  readonly footer: Fragment;
  /** Our own rules, behind those of every page. */
  readonly style?: string;
}

/** A whole document that asks the network for nothing and runs nothing. The empty icon keeps a browser from asking for one. */
export const page = ({ title, header, main, footer, style = '' }: PageParts): Html => {
  const sheet = STYLE + style;
  return h`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(sheet)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(sheet)}</style>
</head>
<body>
<a class="skip" href="#results">Skip to the results</a>
<header>${header}</header>
<main>${main}</main>
<footer>${footer}</footer>
</body>
</html>
`;
};
