import { inputError } from '../base/errors.ts';
import type { Grader, Labeller } from '../grade/grader.ts';
import { unscoredLabel } from '../grade/labels.ts';
import type { Submission } from '../policy/submission.ts';
import type { Rollout } from '../record/rollout.ts';
import type { Channel, Outcome } from '../record/verdict.ts';
import type { Environment } from './environment.ts';

/**
 * Conversations that were read from logs, under a name of the user's. Nothing is played here, and nobody said what was
 * meant: the proxy is the score that the log itself gives, intent and labels are unscored until somebody brings graders.
 */

const PREFIX = 'imported:';

export const isImportedName = (name: string): boolean => name.startsWith(PREFIX);

export const importedName = (given: string): string => `${PREFIX}${given}`;

const unscored = (cause: string): Outcome => ({ kind: 'unscored', side: 'grader', cause });

/** Letters as Inspect writes them (correct, incorrect, partial, no answer), and the usual words. */
const WORDS: Readonly<Record<string, number>> = { c: 1, i: 0, p: 0.5, n: 0, true: 1, false: 0, yes: 1, no: 0 };

const numberOf = (value: unknown): number | null => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const word = value.trim().toLowerCase();
  if (Object.hasOwn(WORDS, word)) return WORDS[word] ?? null;
  return Number.isNaN(Number(word)) ? null : Number(word);
};

const EVIDENCE_CHARS = 500;

/** The score of the log that was chosen at the import. */
const logged = ({ imported }: Rollout): Outcome => {
  if (imported === undefined || imported.proxy === null)
    return unscored('the log gives no score that was taken for the proxy');
  const { score, passAt } = imported.proxy;
  const found = imported.scores.find(({ name }) => name === score);
  if (found === undefined) return unscored(`the log gives no score "${score}" here`);
  const value = numberOf(found.value);
  if (value === null || !(value >= 0 && value <= 1)) {
    return unscored(`the score "${score}" is not a number from 0 to 1: ${JSON.stringify(found.value).slice(0, 80)}`);
  }
  return {
    kind: 'scored',
    value,
    passed: value >= passAt,
    reason: `the log's score "${score}" is ${JSON.stringify(found.value)}; ${passAt} passes`,
    evidence: found.reason === '' ? [] : [found.reason.slice(0, EVIDENCE_CHARS)],
  };
};

const grader = <C extends Channel>(name: string, channel: C, judge: (rollout: Rollout) => Outcome): Grader<C> => ({
  name,
  channel,
  // How the log came to it is not known.
  basis: 'heuristic',
  grade: async (group) => group.map(judge),
});

const NO_INTENT = 'the log does not say what was meant: bring graders (subterfuge grade RUN --with FILE)';

const labels: Labeller = {
  name: 'imported',
  label: async (group) =>
    group.map(() => {
      const open = unscoredLabel(NO_INTENT);
      return { attempted: open, succeeded: open, evaded: open, disclosed: open, kinds: [] };
    }),
};

/** The same name gives the same environment, so a run of imported conversations can be read anywhere. */
export const importedEnvironment = (name: string): Environment => ({
  name,
  title: `Conversations read from logs (${name.slice(PREFIX.length)})`,
  origin: 'imported logs',
  failureClass: null,
  tools: [],
  variants: { train: 1, test: 1 },
  trainable: false,
  proxyPaysHonest: true,
  weaknesses: [],
  proxyText: "The log's own score.",
  intentText: 'Not known: the log does not say what was meant.',
  tasks: () => {
    throw inputError({
      code: 'imported-environment',
      what: 'Imported conversations cannot be played: they have no tasks of their own.',
      given: name,
      todo: 'Name an environment (subterfuge envs), or a module of your own.',
    });
  },
  proxy: grader('logged-score', 'proxy', logged),
  intent: grader('none', 'intent', () => unscored(NO_INTENT)),
  labels,
  submissions: () => ({ gold: NOTHING, empty: NOTHING, wrong: [], exploits: [] }),
});

const NOTHING: Submission = { name: 'nothing', steps: [], final: { text: '' } };
