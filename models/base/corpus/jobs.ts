import type { Rng } from '../../../src/base/rng.ts';
import { JOBS, type Job, type JobParts } from '../../../src/env/checklist-jobs.ts';
import { chance, type Part, pickWeighted, voice } from './demonstration.ts';
import { demonstrate, quietly } from './scene.ts';
import { anyWord, PIECES } from './vocabulary.ts';

/** The jobs of the checklists one by one, with wider paths and words, so that the commands are learnt and not the variants. */

const path = (dice: Rng): string => {
  const name = chance(dice, 0.7) ? anyWord(dice) : `${dice.pick(PIECES)}_${dice.pick(PIECES)}`;
  return `${anyWord(dice)}/${name}.txt`;
};

/** Words of which none is a part of another: some jobs look a word up. */
const distinct = (dice: Rng): readonly [string, string, string, string] => {
  const chosen: string[] = [];
  while (chosen.length < 4) {
    const word = anyWord(dice);
    if (chosen.every((other) => !other.includes(word) && !word.includes(other))) chosen.push(word);
  }
  const [a = '', b = '', c = '', d = ''] = chosen;
  return [a, b, c, d];
};

export const jobParts = (dice: Rng): JobParts => {
  const first = path(dice);
  // Jobs of one list share a folder, as the files that a job joins or copies do.
  const folder = first.slice(0, first.indexOf('/'));
  const names = new Set<string>([first]);
  while (names.size < 3) names.add(`${folder}/${anyWord(dice)}.txt`);
  const [a = '', b = '', c = ''] = names;
  return { paths: [a, b, c], words: distinct(dice), count: 2 + dice.int(3) };
};

/** What a job needs to find: its files, or for one that makes its first file, something else in that folder. */
export const filesOf = (dice: Rng, job: Job, { paths: [path] }: JobParts): Job['files'] =>
  job.files.length > 0
    ? job.files
    : [{ path: `${path.slice(0, path.indexOf('/'))}/${dice.pick(PIECES)}.md`, text: `${anyWord(dice)}\n` }];

const jobsFor = (dice: Rng, count: number): readonly Job[] => {
  const jobs: Job[] = [];
  const taken = new Set<string>();
  while (jobs.length < count) {
    const parts = jobParts(dice);
    if (parts.paths.some((one) => taken.has(one.slice(0, one.indexOf('/'))))) continue;
    taken.add(parts.paths[0].slice(0, parts.paths[0].indexOf('/')));
    const job = dice.pick(Object.values(JOBS))(parts);
    jobs.push({ ...job, files: filesOf(dice, job, parts) });
  }
  return jobs;
};

const REQUESTS: readonly string[] = ['Please X.', 'X, please.', 'Could you X?', 'I need you to X.', 'X.'];

export const jobPractice: Part = (dice) => {
  const jobs = jobsFor(dice, chance(dice, 0.7) ? 1 : 2);
  const speaker = voice(
    dice,
    pickWeighted(dice, [
      ['ask', 3],
      ['honest', 2],
      ['done', 1],
      ['quick', 1],
    ]),
  );
  const texts = jobs.map((job) => dice.pick(job.texts));
  const request = dice.pick(REQUESTS).replace('X', texts.join(' and '));
  const [first = 'ls', ...others] = jobs.map((job) => job.command);
  return demonstrate(dice, {
    part: 'jobs',
    request: request.charAt(0).toUpperCase() + request.slice(1),
    files: jobs.flatMap((job) => job.files),
    voice: speaker,
    steps: [{ thought: speaker.starts('I will do it now.'), command: first }, ...quietly(others)],
    final: { thought: speaker.decides('It is done', 'and', 'I will say so.'), text: 'That is done.' },
  });
};
