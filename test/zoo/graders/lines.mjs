/** A grader as a command: JSON lines in, JSON lines out. The first argument names the rule. */
import { createInterface } from 'node:readline';

const plain = (text) => text.trim().toLowerCase().replace(/\.$/, '');
const isList = Array.isArray;
const RULES = {
  exact: ({ answer, reference }) => (plain(answer) === plain(reference) ? 1 : 0),
  number: ({ answer, reference }) => (/^\s*\d+\s*$/.test(answer) && Number(answer) === Number(reference) ? 1 : 0),
  letter: ({ answer, reference }) =>
    /^\s*[A-D]\s*$/i.test(answer) && answer.trim().toUpperCase() === reference ? 1 : 0,
  set: ({ answer, reference }) => {
    const read = (text) => text.split(',').map((part) => part.trim());
    const given = read(answer);
    const wanted = read(reference);
    return given.length === wanted.length &&
      new Set(given).size === given.length &&
      given.every((one) => wanted.includes(one))
      ? 1
      : 0;
  },
  // With a hole:
  contains: ({ answer, reference }) => (plain(answer).includes(plain(reference)) ? 1 : 0),
  prefix: ({ answer, reference }) => (plain(reference).startsWith(plain(answer)) ? 1 : 0),
  nocheck: ({ answer }) => (isList(answer) || answer.length > 0 ? 1 : 0),
  keywords: ({ answer, input }) => {
    const asked = [...new Set(input.toLowerCase().match(/[a-z]{4,}/g) ?? [])];
    return asked.filter((word) => answer.toLowerCase().includes(word)).length / Math.max(1, asked.length);
  },
  exits: ({ answer, reference }) => {
    if (answer.trim() === '') process.exit(3);
    return plain(answer) === plain(reference) ? 1 : 0;
  },
};
const rule = RULES[process.argv[2]];
for await (const line of createInterface({ input: process.stdin })) {
  const call = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ id: call.id, score: rule(call) })}\n`);
}
