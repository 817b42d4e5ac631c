/**
 * Packs the package, installs it into an empty project and uses it there: the command line, the index, the subpaths,
 * their types. Prints what it did; exits with 1 where something does not hold.
 */
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TINY_CONFIG, tinyTokenizerJson } from '../../src/engine/tokenizer/tiny.contract.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'subterfuge-package-'));
const run = (command: string, args: readonly string[], cwd: string): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const USE = `
import { ENVIRONMENTS, findEnvironment, play, simulatedSandbox } from 'subterfuge';
import { rate } from 'subterfuge/stats';
import { rolloutRecord, type Rollout } from 'subterfuge/record';

const environment = findEnvironment('nudged-rubric');
const task = environment.tasks({ split: 'test', variant: 0, register: 'compact', promptSet: 'main' })[0];
if (task === undefined) throw new Error('no task');
await using sandboxes = simulatedSandbox();
const rollout: Rollout = await play(sandboxes, task, environment.submissions(task).gold);
rolloutRecord.read(JSON.parse(JSON.stringify(rollout)));
console.log(ENVIRONMENTS.length, rollout.stop, rate([{ value: true, cluster: 'a' }, { value: false, cluster: 'b' }]).mean);
`;

/** The example of docs/models.md, to the letter: what the page shows is what is installed, run and type-checked. */
const engineExample = (): string => {
  const [, section = ''] = readFileSync(join(root, 'docs', 'models.md'), 'utf8').split('### The engine in code');
  const [, code] = /```ts\n(.*?)```/su.exec(section) ?? [];
  if (code === undefined) throw new Error('docs/models.md shows no use of the engine');
  return code;
};

/** What a user has besides: a tokenizer, and the optional package that the engine needs. */
const readyForEngine = (): void => {
  writeFileSync(join(home, 'engine.ts'), engineExample());
  mkdirSync(join(home, 'my-tokenizer'));
  writeFileSync(join(home, 'my-tokenizer', 'tokenizer.json'), JSON.stringify(tinyTokenizerJson()));
  writeFileSync(join(home, 'my-tokenizer', 'tokenizer_config.json'), JSON.stringify(TINY_CONFIG));
  const peer = 'onnxruntime-node';
  symlinkSync(realpathSync(join(root, 'node_modules', peer)), join(home, 'node_modules', peer));
};

try {
  run('npm', ['pack', '--ignore-scripts', '--loglevel', 'error', '--pack-destination', home], root);
  const tarball = readdirSync(home).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball');
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'elsewhere', type: 'module', private: true }));
  writeFileSync(join(home, 'use.ts'), USE);
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel', 'error', `./${tarball}`], home);
  const said = run(process.execPath, ['use.ts'], home).trim();
  if (said !== '17 finished 0.5') throw new Error(`the library said: ${said}`);
  readyForEngine();
  const continued = run(process.execPath, ['engine.ts'], home).trim();
  if (continued !== 'two are four true') throw new Error(`the engine said: ${continued}`);
  const bin = join(home, 'node_modules', 'subterfuge', 'bin', 'subterfuge.js');
  const json = run(
    process.execPath,
    [bin, 'eval', '--model', 'scripted:exploit', '--env', 'tool-use-flattery', '--n', '4', '--json', '--quiet'],
    home,
  );
  const { environments } = JSON.parse(json) as { environments: { gaming: { mean: number } }[] };
  if (environments[0]?.gaming.mean !== 1) throw new Error(`the command line said: ${json}`);
  const own = (...words: readonly string[]): string => run(process.execPath, [bin, ...words], home);
  for (const tools of ['bash', 'none']) {
    own('new', 'env', `mine-${tools}`, '--tools', tools);
    const checked = own('env', `./mine-${tools}/env.ts`, '--check');
    if (!checked.includes('keeps the contract')) throw new Error(`the new environment: ${checked}`);
  }
  run(process.execPath, ['--test', 'mine-bash/env.test.ts', 'mine-none/env.test.ts'], home);
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const flags = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--lib',
    'es2024,esnext.disposable',
    '--skipLibCheck',
    '--types',
    'node',
    '--typeRoots',
    join(root, 'node_modules', '@types'),
    '--allowImportingTsExtensions',
    'use.ts',
    'engine.ts',
    ...['bash', 'none'].flatMap((tools) => ['env.ts', 'env.test.ts'].map((file) => join(`mine-${tools}`, file))),
  ];
  run(process.execPath, [tsc, ...flags], home);
  process.stdout.write('packed, installed, used and type-checked in an empty project\n');
} finally {
  rmSync(home, { recursive: true, force: true });
}
