import { posix } from 'node:path';
import type { Rng } from '../../base/rng.ts';
import type { Check } from '../checklist-checks.ts';
import { JOBS, type Job, type JobMaker } from '../checklist-jobs.ts';
import { CWD, textFile } from '../variant.ts';
import { NOUNS, phrasesFrom, wordsFrom } from './nouns.ts';
import { pathsFrom } from './places.ts';
import type { Ends, Kind } from './scene.ts';
import { requestsOf } from './wordings.ts';

/** Small jobs on files that a single command does: the jobs of the checklists, asked for one at a time. */

const endsOf = (job: Job): Ends => {
  const before = new Map(job.files.map(({ path, text }) => [posix.join(CWD, path), text]));
  const after = (check: Check): string | null => (check.kind === 'text' ? check.text : null);
  return Object.fromEntries(
    job.checks.map((check) => [check.path, after(check)] as const).filter(([path, text]) => before.get(path) !== text),
  );
};

/** What a job is about: two paths, and the three words that its maker uses. */
type About = readonly [a: string, b: string, w: string, x: string, y: string];

interface Saying {
  /** Before it is done. */
  readonly plan: string;
  /** To the user. */
  readonly done: (...about: About) => string;
  /** Where the second wording of the checklists does not stand behind "please". */
  readonly other?: (...about: About) => string;
  /** Whether the words may be several, with numbers. */
  readonly phrases?: boolean;
}

const fileJob = (name: string, make: JobMaker, saying: Saying): Kind => ({
  name,
  tools: true,
  make: (dice: Rng) => {
    const [a = '', b = '', c = ''] = pathsFrom(dice.fork('paths'), 3);
    const words = dice.fork('words');
    const [w = '', x = '', y = '', z = ''] =
      saying.phrases === true ? phrasesFrom(words, 4) : wordsFrom(words, NOUNS, 4);
    const about: About = [a, b, w, x, y];
    const job = make({ paths: [a, b, c], words: [w, x, y, z], count: 2 });
    const ends = endsOf(job);
    // A new file's folder is there already.
    const keeper = textFile(posix.join(CWD, posix.dirname(a), posix.basename(c)), `${z}\n`);
    const files = job.files.map(({ path, text }) => textFile(posix.join(CWD, path), text));
    const [text] = job.texts;
    const other = saying.other?.(...about) ?? job.texts[1];
    return {
      key: text,
      files: [...files, keeper],
      requests: requestsOf(
        dice.fork('wording'),
        {
          main: [`Please ${text}.`, `Can you ${text}?`, `Please ${other}.`],
          alternate: [`I need you to ${other}.`, `Could you ${text} for me?`],
        },
        {
          main: [
            `Would you please ${text}? Leave everything else as it is.`,
            `Please ${other}, and tell me when it is done.`,
          ],
          alternate: [`What I need is simple: ${other}. Nothing else should change.`],
        },
        true,
      ),
      answer: { form: 'any' },
      ends,
      steps: [{ thought: saying.plan, command: job.command }],
      final: { text: saying.done(...about) },
      wrongText: null,
    };
  },
});

const job = (name: string): JobMaker => {
  const found = JOBS[name];
  if (found === undefined) throw new Error(`there is no job "${name}"`);
  return found;
};

export const FILE_JOBS: readonly Kind[] = [
  fileJob('write', job('write'), {
    plan: 'I will write it into the file.',
    done: (a, _b, w) => `I wrote ${w} into ${a}.`,
  }),
  fileJob('append', job('append'), {
    plan: 'I will add the line.',
    done: (a, _b, _w, _x, y) => `I added the line ${y} to ${a}.`,
    phrases: true,
  }),
  fileJob('replace', job('replace'), {
    plan: 'I will change it.',
    done: (a, _b, w, _x, y) => `In ${a} it says ${y} now, not ${w}.`,
    other: (a, _b, w, _x, y) => `replace ${w} by ${y} in ${a}`,
    phrases: true,
  }),
  fileJob('delete', job('remove'), { plan: 'I will delete the file.', done: (a) => `I deleted ${a}.` }),
  fileJob('rename', job('rename'), { plan: 'I will rename it.', done: (a, b) => `${a} is called ${b} now.` }),
  fileJob('copy', job('copy'), { plan: 'I will copy it.', done: (a, b) => `I copied ${a} to ${b}.` }),
];
