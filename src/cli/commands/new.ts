import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Argument, Command } from 'commander';
import { z } from 'zod';
import { inputError, messageOf } from '../../base/errors.ts';
import { INSTALL, INSTALL_NOTE } from '../../base/install.ts';
import { CONTROLS, ENVIRONMENTS } from '../../env/registry.ts';
import { makeDirectories } from '../../store/make-directories.ts';
import type { Io } from '../io.ts';
import { oneOf } from '../options.ts';
import type { CommandContext } from '../program.ts';

interface NewOptions {
  readonly dir?: string;
  readonly tools: 'bash' | 'none';
}

const HELP = `
Writes a small environment that works as it stands, with a task, graders, labels, submissions and a test, to be changed bit by
bit into your own. docs/environments.md is the tutorial: 30 minutes to an evaluation and a training run.

  subterfuge new env late-orders                 in ./late-orders
  subterfuge new env late-orders --tools none    one question, one answer, no command line`;

/** What every copy of a template is called until it is copied. */
const PLACEHOLDER = 'my-environment';
const FILES = ['env.ts', 'graders.ts', 'submissions.ts', 'README.md', 'env.test.ts'] as const;
const TEMPLATES = fileURLToPath(new URL('../../../templates', import.meta.url));

export const newCommand = ({ io }: CommandContext): Command =>
  new Command('new')
    .description('Make an environment of your own: five files that work, to start from.')
    .addArgument(new Argument('<kind>', 'what to make').choices(['env']))
    .argument('<name>', 'small letters, digits and hyphens')
    .option('--dir <path>', 'folder to write into (default: ./NAME)')
    .option(
      '--tools <name>',
      'bash: files and commands; none: a question and an answer',
      oneOf('tools', ['bash', 'none']),
      'bash' as const,
    )
    .addHelpText('after', HELP)
    .action(async (_kind: string, name: string, options: NewOptions) => {
      checkName(name);
      const folder = resolve(io.cwd, options.dir ?? name);
      await makeEmpty(folder);
      const project = await projectOf(folder);
      for (const file of FILES) {
        const text = await readFile(join(TEMPLATES, options.tools, file), 'utf8');
        await write(join(folder, file), text.replaceAll(PLACEHOLDER, name));
      }
      if (makesOwn(project, folder)) await write(join(folder, 'package.json'), packageJson(name, project));
      io.out(nextSteps(io, folder, project));
    });

const checkName = (name: string): void => {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) {
    throw inputError({
      code: 'bad-argument',
      what: 'An environment cannot have this name.',
      given: name,
      allowed: 'small letters, digits and hyphens, at most 64, e.g. late-orders',
    });
  }
  if ([...ENVIRONMENTS, ...CONTROLS].some((known) => known.name === name)) {
    throw inputError({
      code: 'two-environments-of-one-name',
      what: 'An environment of this name comes with Subterfuge.',
      given: name,
      allowed: 'a name of its own',
      todo: `"subterfuge env ${name}" shows it.`,
    });
  }
};

const unwritable = (path: string, thrown: unknown): Error =>
  inputError({
    code: 'unwritable-folder',
    what: `The files cannot be written: ${messageOf(thrown)}`,
    given: path,
    todo: 'Name another folder with --dir.',
    cause: thrown,
  });

/** Nothing of anybody's is overwritten: the folder is new, or holds none of the files. */
const makeEmpty = async (folder: string): Promise<void> => {
  let there: readonly string[];
  try {
    await makeDirectories(folder);
    there = await readdir(folder);
  } catch (thrown) {
    throw unwritable(folder, thrown);
  }
  const taken = FILES.filter((file) => there.includes(file));
  if (taken.length === 0) return;
  throw inputError({
    code: 'folder-in-use',
    what: 'The folder has files of these names already.',
    given: `${folder}: ${taken.join(', ')}`,
    allowed: 'a new folder, or one without them',
    todo: 'Name another folder with --dir.',
  });
};

const write = async (path: string, text: string): Promise<void> => {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (thrown) {
    throw unwritable(path, thrown);
  }
};

const PACKAGE = 'subterfuge';

interface Project {
  readonly file: string;
  /** Null: it does not say. */
  readonly type: string | null;
  /** It depends on the package, or is the package: in a clone of the repository the name leads to the clone itself. */
  readonly hasPackage: boolean;
}

const projectSchema = z.looseObject({
  name: z.string().optional(),
  type: z.string().optional(),
  dependencies: z.record(z.string(), z.unknown()).optional(),
  devDependencies: z.record(z.string(), z.unknown()).optional(),
});

const readProject = async (file: string): Promise<Project> => {
  let found: unknown;
  try {
    found = JSON.parse(await readFile(file, 'utf8'));
  } catch (thrown) {
    throw inputError({
      code: 'unreadable-file',
      what: `The package.json above the folder cannot be read: ${messageOf(thrown)}`,
      given: file,
      todo: 'Correct it, or name another folder with --dir.',
      cause: thrown,
    });
  }
  const { data } = projectSchema.safeParse(found);
  const packages = { ...data?.dependencies, ...data?.devDependencies };
  const hasPackage = data?.name === PACKAGE || Object.hasOwn(packages, PACKAGE);
  return { file, type: data?.type ?? null, hasPackage };
};

/** What the nearest package.json from the folder upwards says; null where there is none. */
const projectOf = async (folder: string): Promise<Project | null> => {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return await readProject(file);
  const above = dirname(folder);
  return above === folder ? null : await projectOf(above);
};

/** The files are modules, so the nearest package.json has to say so; where that of a project above does not, one of their own does. */
const makesOwn = (project: Project | null, folder: string): boolean =>
  project === null || (project.type !== 'module' && dirname(project.file) !== folder);

/** Without a dependency on the package: `npm install` writes the path that it was installed from. */
const packageJson = (name: string, project: Project | null): string => {
  const alone = { scripts: { test: 'node --test' } };
  return `${JSON.stringify({ name, private: true, type: 'module', ...(project === null && alone) }, null, 2)}\n`;
};

const notModule = ({ file, type }: Project): string =>
  type === null
    ? `${file} does not say "type": "module"; Node warns about every .ts file until it does.`
    : `${file} says "type": "${type}"; the files do not load until it says "module".`;

const nextSteps = (io: Io, made: string, project: Project | null): string => {
  const own = makesOwn(project, made);
  const folder = relative(io.cwd, made) || '.';
  const lines = [
    `Made ${folder}: ${[...FILES, ...(own ? ['package.json'] : [])].join(', ')}.`,
    ...(project === null || own || project.type === 'module' ? [] : [notModule(project)]),
    '',
    'Next:',
    ...(folder === '.' ? [] : [`  cd ${folder}`]),
    ...(project?.hasPackage === true ? [] : [`  ${INSTALL}    ${INSTALL_NOTE}`]),
    '  npx subterfuge env ./env.ts             a task as a model sees it, and what each submission earns',
    '  npx subterfuge env ./env.ts --check     what is wrong with it, in sentences',
    '  npx subterfuge eval --model scripted:exploit --env ./env.ts --n 64',
  ];
  return `${lines.join('\n')}\n`;
};
