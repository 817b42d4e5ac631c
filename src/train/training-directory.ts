import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { inputError, messageOf } from '../base/errors.ts';
import { canonicalJson, contentHash } from '../base/json.ts';
import { diskError, errnoOf, isLeftOf, nodeDisk, readError, writeAtomically } from '../store/disk.ts';
import { HOLDER_FILE, LOCK_FILE } from '../store/lock.ts';
import { makeDirectories } from '../store/make-directories.ts';
import { roundName } from './phases.ts';
import type { Recipe, Stage } from './recipe.ts';
import { thoughtsReadBy } from './recipe-thoughts.ts';
import { crossingsOf } from './rewards.ts';
import { type Training, trainingRecord } from './training-record.ts';

/**
 * A training run on disk: `training.json` (what was asked), `metrics.jsonl` (one line per update), `phases.jsonl` (what
 * came to its end), `checkpoints/<name>/`, `working/` (the checkpoint of the last round, where that ended no stage),
 * and `rounds/<stage>-<round>/`, `evaluations/<checkpoint>/`, which are ordinary run directories.
 */
export const TRAINING_FILE = 'training.json';

export const paths = (dir: string) =>
  ({
    training: join(dir, TRAINING_FILE),
    checkpoint: (name: string): string => join(dir, 'checkpoints', name),
    working: (stage: Stage, round: number): string => join(dir, 'working', roundName(stage, round)),
    round: (stage: Stage, round: number): string => join(dir, 'rounds', roundName(stage, round)),
    evaluation: (checkpoint: string): string => join(dir, 'evaluations', checkpoint),
  }) as const;

/** Reads what a training run was asked to do. Null where there is none in the directory. */
export const readTraining = async (dir: string): Promise<Training | null> => {
  const path = join(dir, TRAINING_FILE);
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (errnoOf(thrown) === 'ENOENT') return null;
    throw readError(path, thrown);
  });
  if (text === null) return null;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (thrown) {
    throw inputError({
      code: 'corrupt-training',
      what: `${path} is damaged.`,
      given: messageOf(thrown),
      todo: 'Restore it from a copy, or begin a new run.',
      cause: thrown,
    });
  }
  return trainingRecord.read(raw);
};

export interface Asked {
  readonly recipe: Recipe;
  readonly seed: string;
  /** As it calls itself: of a preference model with the hash of its weights. */
  readonly overseer: string;
  readonly witnesses: Training['witnesses'];
  readonly base: string;
  readonly learner: Training['learner'];
  readonly versions: Training['versions'];
}

const OWN_FILES: ReadonlySet<string> = new Set([LOCK_FILE, HOLDER_FILE]);

/** Makes the directory, so that it can be locked. Throws `directory-not-empty` where something else is in it. */
export const prepareDirectory = async (dir: string): Promise<void> => {
  await makeDirectories(dir).catch((thrown: unknown) => {
    if (errnoOf(thrown) !== 'EEXIST') throw diskError(dir, thrown, null, 'start again, there or elsewhere');
  });
  const names = await readdir(dir).catch((thrown: unknown) => {
    if (errnoOf(thrown) !== 'ENOTDIR') throw readError(dir, thrown);
    return ['a file, not a directory'];
  });
  if (names.includes(TRAINING_FILE)) return;
  const foreign = names.filter((name) => !OWN_FILES.has(name) && !isLeftOf(TRAINING_FILE, name));
  if (foreign.length === 0) return;
  throw inputError({
    code: 'directory-not-empty',
    what: `A training run cannot be written to ${dir}: there is something in it already.`,
    given: foreign.slice(0, 5).join(', '),
    allowed: 'a new directory, an empty one, or a training run to go on with',
    todo: 'Choose another directory.',
  });
};

/** Begins a run, or checks that it is the same one that was begun. Throws `another-training` where it is not. */
export const beginTraining = async (dir: string, asked: Asked, clock: Clock): Promise<Training> => {
  const there = await readTraining(dir);
  const hashes = { recipe: contentHash(asked.recipe), base: asked.base };
  if (there !== null) {
    checkSame(dir, there, asked, hashes);
    return there;
  }
  const training: Training = {
    schema: 'subterfuge/training@1',
    recipe: asked.recipe,
    seed: asked.seed,
    createdAt: new Date(clock.nowMs()).toISOString(),
    versions: { ...asked.versions },
    hashes,
    overseer: asked.overseer,
    witnesses: asked.witnesses,
    learner: asked.learner,
    crossings: [...crossingsOf(asked.recipe)],
    thoughtsReadBy: thoughtsReadBy(asked.recipe),
  };
  const path = join(dir, TRAINING_FILE);
  await writeAtomically(nodeDisk, path, Buffer.from(`${JSON.stringify(training, null, 2)}\n`)).catch(
    (thrown: unknown) => {
      throw diskError(path, thrown, null, 'start the same command again');
    },
  );
  return training;
};

const checkSame = (dir: string, there: Training, asked: Asked, hashes: Training['hashes']): void => {
  const differences = [
    ...(there.seed === asked.seed ? [] : [`seed ${asked.seed} (was ${there.seed})`]),
    ...(there.overseer === asked.overseer ? [] : [`overseer ${asked.overseer} (was ${there.overseer})`]),
    ...(canonicalJson(there.witnesses) === canonicalJson(asked.witnesses)
      ? []
      : [`witnesses ${canonicalJson(asked.witnesses)} (was ${canonicalJson(there.witnesses)})`]),
    ...(there.hashes.base === hashes.base
      ? []
      : [`base ${hashes.base.slice(0, 12)} (was ${there.hashes.base.slice(0, 12)})`]),
    ...(canonicalJson(there.learner) === canonicalJson(asked.learner)
      ? []
      : [`learner ${canonicalJson(asked.learner)} (was ${canonicalJson(there.learner)})`]),
    ...differentKeys(there.recipe, asked.recipe).map((key) => `recipe: ${key}`),
  ];
  if (differences.length === 0) return;
  throw inputError({
    code: 'another-training',
    what: `${dir} holds another training run.`,
    given: differences.join('; '),
    allowed: `recipe ${there.recipe.name}, seed ${there.seed}, as it was begun`,
    todo: 'Resume it with what it was begun with, or choose another directory.',
  });
};

const differentKeys = (before: Recipe, now: Recipe): readonly string[] => {
  const then = new Map(Object.entries(before));
  return Object.entries(now).flatMap(([key, value]) =>
    canonicalJson(value) === canonicalJson(then.get(key) ?? null) ? [] : [key],
  );
};

/** Removes checkpoints between the rounds of a stage, but for those that are still needed. */
export const tidyWorking = async (dir: string, keep: ReadonlySet<string>): Promise<void> => {
  const working = join(dir, 'working');
  const names = await readdir(working).catch((thrown: unknown) => {
    if (errnoOf(thrown) === 'ENOENT') return [];
    throw readError(working, thrown);
  });
  for (const name of names) {
    const path = join(working, name);
    if (!keep.has(path)) await rm(path, { recursive: true, force: true });
  }
};
