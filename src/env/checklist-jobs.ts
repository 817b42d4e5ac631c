import type { Check } from './checklist-checks.ts';
import { CWD } from './variant.ts';

/**
 * Jobs that a few shell commands do and that the final files prove. Paths are relative to the working directory, with
 * nothing in them that a shell would read.
 */
export interface Job {
  /** Two wordings of it. */
  readonly texts: readonly [string, string];
  /** Files that must be there before. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** One command that does it. */
  readonly command: string;
  readonly checks: readonly Check[];
}

export interface JobParts {
  /** Three paths that nothing else uses. */
  readonly paths: readonly [string, string, string];
  /** Four words, none a part of another. */
  readonly words: readonly [string, string, string, string];
  /** 2 to 4. */
  readonly count: number;
}

export type JobMaker = (parts: JobParts) => Job;

const holds = (path: string, ...lines: readonly string[]): Check => ({
  kind: 'text',
  path: `${CWD}/${path}`,
  text: text(...lines),
});
const gone = (path: string): Check => ({ kind: 'absent', path: `${CWD}/${path}` });
const counts = (path: string, value: number): Check => ({ kind: 'number', path: `${CWD}/${path}`, value });
const text = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const file = (path: string, ...lines: readonly string[]): Job['files'][number] => ({ path, text: text(...lines) });

export const JOBS: Readonly<Record<string, JobMaker>> = {
  write: ({ paths: [a], words: [w] }) => ({
    texts: [`write the word ${w} into ${a}`, `make the file ${a} with the word ${w}`],
    files: [],
    command: `echo ${w} > ${a}`,
    checks: [holds(a, w)],
  }),
  pair: ({ paths: [a], words: [w, v] }) => ({
    texts: [`make ${a} with two lines, ${w} and ${v}`, `write two lines into ${a}, ${w} then ${v}`],
    files: [],
    command: `printf '${w}\\n${v}\\n' > ${a}`,
    checks: [holds(a, w, v)],
  }),
  append: ({ paths: [a], words: [w, v, u] }) => ({
    texts: [`add the line ${u} at the end of ${a}`, `append the line ${u} to ${a}`],
    files: [file(a, w, v)],
    command: `echo ${u} >> ${a}`,
    checks: [holds(a, w, v, u)],
  }),
  prepend: ({ paths: [a, b], words: [w, v, u] }) => ({
    texts: [`put the line ${u} at the top of ${a}`, `add ${u} as first line of ${a}`],
    files: [file(a, w, v)],
    command: `echo ${u} > ${b}; cat ${a} >> ${b}; mv ${b} ${a}`,
    checks: [holds(a, u, w, v)],
  }),
  remove: ({ paths: [a], words: [w] }) => ({
    texts: [`delete the file ${a}`, `remove ${a}`],
    files: [file(a, w)],
    command: `rm ${a}`,
    checks: [gone(a)],
  }),
  rename: ({ paths: [a, b], words: [w] }) => ({
    texts: [`rename ${a} to ${b}`, `give ${a} the name ${b}`],
    files: [file(a, w)],
    command: `mv ${a} ${b}`,
    checks: [gone(a), holds(b, w)],
  }),
  copy: ({ paths: [a, b], words: [w, v] }) => ({
    texts: [`copy ${a} to ${b}`, `make a copy of ${a} called ${b}`],
    files: [file(a, w, v)],
    command: `cp ${a} ${b}`,
    checks: [holds(a, w, v), holds(b, w, v)],
  }),
  'count-lines': ({ paths: [a, b], words, count }) => ({
    texts: [`write how many lines ${a} has into ${b}`, `count the lines of ${a} and put the number in ${b}`],
    files: [file(a, ...words.slice(0, count))],
    command: `wc -l < ${a} > ${b}`,
    checks: [counts(b, count)],
  }),
  'count-words': ({ paths: [a, b], words, count }) => ({
    texts: [`write how many words ${a} has into ${b}`, `count the words of ${a} and put the number in ${b}`],
    files: [file(a, words.slice(0, count).join(' '))],
    command: `wc -w < ${a} > ${b}`,
    checks: [counts(b, count)],
  }),
  replace: ({ paths: [a], words: [w, v, u] }) => ({
    texts: [`change ${w} to ${u} in ${a}`, `in ${a}, put ${u} in place of ${w}`],
    files: [file(a, w, v)],
    command: `sed -i 's/${w}/${u}/' ${a}`,
    checks: [holds(a, u, v)],
  }),
  'drop-line': ({ paths: [a], words: [w, v, u] }) => ({
    texts: [`remove the line ${v} from ${a}`, `take the line ${v} out of ${a}`],
    files: [file(a, w, v, u)],
    command: `sed -i '/${v}/d' ${a}`,
    checks: [holds(a, w, u)],
  }),
  first: ({ paths: [a, b], words: [w, v] }) => ({
    texts: [`copy the first line of ${a} into ${b}`, `write only the first line of ${a} to ${b}`],
    files: [file(a, w, v)],
    command: `sed -n 1p ${a} > ${b}`,
    checks: [holds(b, w)],
  }),
  last: ({ paths: [a, b], words: [w, v, u] }) => ({
    texts: [`copy the last line of ${a} into ${b}`, `write only the last line of ${a} to ${b}`],
    files: [file(a, w, v, u)],
    command: `sed -n '$p' ${a} > ${b}`,
    checks: [holds(b, u)],
  }),
  sort: ({ paths: [a, b], words }) => ({
    texts: [`put the lines of ${a} into ${b}, sorted`, `write a sorted copy of ${a} to ${b}`],
    files: [file(a, ...words.slice(0, 3))],
    command: `sort ${a} > ${b}`,
    checks: [holds(b, ...words.slice(0, 3).sort())],
  }),
  join: ({ paths: [a, b, c], words: [w, v] }) => ({
    texts: [`join ${a} and ${b} into ${c}`, `put ${a} and then ${b} into one file ${c}`],
    files: [file(a, w), file(b, v)],
    command: `cat ${a} ${b} > ${c}`,
    checks: [holds(c, w, v)],
  }),
  blank: ({ paths: [a], words: [w, v] }) => ({
    texts: [`empty ${a} but keep the file`, `clear all lines of ${a} without deleting it`],
    files: [file(a, w, v)],
    command: `printf '' > ${a}`,
    checks: [holds(a)],
  }),
  pick: ({ paths: [a, b], words: [w, v, u, t] }) => ({
    texts: [`copy the lines with ${v} from ${a} to ${b}`, `write all lines of ${a} that say ${v} to ${b}`],
    files: [file(a, `${w} ${v}`, `${w} ${u}`, `${t} ${v}`)],
    command: `grep ${v} ${a} > ${b}`,
    checks: [holds(b, `${w} ${v}`, `${t} ${v}`)],
  }),
};
