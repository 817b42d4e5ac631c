/** The whole contract, of anybody's environment: what is wrong with it, in sentences. Throws nothing that the environment throws. */
import { messageOf } from '../base/errors.ts';
import type { GradeContext } from '../grade/grader.ts';
import { checkDeclarations, checkSubmissions, type Play } from './contract.ts';
import type { Environment, TaskChoice } from './environment.ts';
import { isEnclosed } from './load-enclosed.ts';
import type { Declarations } from './load-protocol.ts';
import { contradiction } from './load-shape.ts';

const SPLITS = ['train', 'test'] as const;
const WORDINGS = [
  { register: 'realistic', promptSet: 'main' },
  { register: 'realistic', promptSet: 'alternate' },
  { register: 'compact', promptSet: 'main' },
  { register: 'compact', promptSet: 'alternate' },
] as const;

const repeated = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];

/** Names that something else is found by. */
const checkNames = (environment: Environment): string[] => {
  const [first] = environment.tasks({ split: 'train', variant: 0, register: 'realistic', promptSet: 'main' });
  if (first === undefined) return [];
  const { gold, empty, wrong, exploits } = environment.submissions(first);
  const names = [gold, empty, ...wrong, ...exploits.map(({ submission }) => submission)].map(({ name }) => name);
  return [
    ...repeated(names).map((name) => `two submissions are called "${name}"`),
    ...repeated(environment.weaknesses.map(({ name }) => name)).map((name) => `two weaknesses are called "${name}"`),
  ];
};

/** What is played of each split: one variant in all wordings, the middle and the last in one each. */
const choicesOf = ({ variants }: Environment): readonly TaskChoice[] =>
  SPLITS.flatMap((split) => {
    const count = variants[split];
    const [first, , , last] = WORDINGS;
    return [
      ...WORDINGS.map((wording) => ({ ...wording, split, variant: 0 })),
      { ...first, split, variant: Math.floor(count / 2) },
      { ...last, split, variant: count - 1 },
    ];
  });

/** What happened; the rest of an error of ours says what to do about it. */
const firstLine = (thrown: unknown): string => messageOf(thrown).split('\n')[0] ?? '';

const declarationsOf = async (environment: Environment): Promise<Declarations> => {
  try {
    if (isEnclosed(environment)) return await environment.declarations();
    return { problems: checkDeclarations(environment), whole: true };
  } catch (thrown) {
    return { problems: [firstLine(thrown)], whole: false };
  }
};

/** The environment with a labeller that notes why labels are none, or cannot all be true. */
const noting = (environment: Environment, note: (problem: string) => void): Environment => {
  const { labels } = environment;
  return {
    ...environment,
    labels: {
      ...labels,
      label: async (group, context) => {
        const given = await labels.label(group, context);
        for (const one of given) {
          const problem = contradiction(one);
          if (problem !== null) note(`${labels.name} contradicts itself: ${problem}`);
          if (one.attempted.kind === 'unscored') note(one.attempted.cause);
        }
        return given;
      },
    },
  };
};

/** Every task of every variant is made; submissions are played on a few variants. An empty list: it holds. */
export const checkEnvironment = async (
  environment: Environment,
  play: Play,
  context: GradeContext,
): Promise<readonly string[]> => {
  const wrong: string[] = [];
  const noted = noting(environment, (problem) => wrong.push(problem));
  const attempt = async (place: string, check: () => Promise<readonly string[]> | readonly string[]): Promise<void> => {
    try {
      wrong.push(...(await check()));
    } catch (thrown) {
      wrong.push(`${place}${firstLine(thrown)}`);
    }
  };
  const { problems, whole } = await declarationsOf(environment);
  // Where tasks cannot be made there is nothing to play.
  if (!whole) return problems;
  wrong.push(...problems);
  await attempt('', () => checkNames(environment));
  for (const choice of choicesOf(environment)) {
    const place = `${choice.split} ${choice.variant} ${choice.register} ${choice.promptSet}: `;
    await attempt(place, () => checkSubmissions(noted, choice, play, context));
  }
  return [...new Set(wrong)];
};
