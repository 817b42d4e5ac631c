/**
 * A command that speaks JSON lines. It is started for each batch, reads one line for each call
 *
 *     {"id": "0", "input": ..., "answer": ..., "reference": ..., "opponent": ..., "items": [...], "options": [...], "fields": {...}}
 *
 * (null where there is nothing) until its input ends, and writes one line for each, in any order:
 *
 *     {"id": "0", "score": 0.5, "reason": "..."}        or        {"id": "0", "error": "..."}
 *
 * Lines that are no JSON objects with one of its ids are logs, and passed over. A process for a batch and not for ever: most languages keep output in a
 * buffer when it goes to a pipe, and would never answer while they wait for more. The time limit counts from one reply to the next, and from the
 * start to the first.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { inputError } from '../../../base/errors.ts';
import { contentHash, sha256 } from '../../../base/json.ts';
import { fixedConcurrency } from '../../../policy/concurrency.ts';
import type { Graded } from '../../../record/audit.ts';
import type { ExampleSet } from '../../example.ts';
import type { SubjectSources } from '../../open-subject.ts';
import type { GradeCall, Subject, SubjectOptions } from '../../subject.ts';
import { askCommand } from './command-batch.ts';
import { enclose, type Launch, trusting } from './enclosure.ts';
import { answersOfForm, formOfTask } from './form.ts';
import { isolate } from './isolate.ts';
import { gradePairs, scaleOfForm } from './pairwise.ts';
import { firstWord, pathsOfProgram } from './program-path.ts';
import { checkSandbox } from './sandbox-check.ts';

const BATCH = 128;

/** One line to the command, without its id. */
export type CommandCall = Readonly<Record<string, unknown>>;

export const openCommand = async (
  spec: string,
  options: SubjectOptions,
  examples: ExampleSet,
  sources: SubjectSources,
): Promise<Subject> => {
  const command = spec.slice('cmd:'.length).trim();
  if (command === '') {
    throw inputError({
      code: 'unreadable-grader',
      what: 'There is no command behind cmd:.',
      given: spec,
      allowed: 'cmd:<command>, as a shell takes it',
      todo: 'For example: cmd:./score --strict',
    });
  }
  const launch = await launchOf(command, options, sources);
  const slots = fixedConcurrency(sources.workers ?? Math.max(1, availableParallelism() - 1));
  const form = options.form ?? formOfTask(examples.task);
  const scale = scaleOfForm(form, options.scale);
  const closed = new AbortController();
  const running = new Set<Promise<unknown>>();

  const ask = async (calls: readonly CommandCall[], signal: AbortSignal): Promise<readonly Graded[]> => {
    const batches = Array.from({ length: Math.ceil(calls.length / BATCH) }, (_, index) =>
      calls.slice(index * BATCH, (index + 1) * BATCH),
    );
    const graded = batches.map(
      async (batch) =>
        await isolate(batch, async (some) => {
          const attempt = slots.run(
            () => askCommand(launch, some, { scale, timeoutMs: options.timeoutMs }, signal),
            signal,
          );
          running.add(attempt);
          try {
            return await attempt;
          } finally {
            running.delete(attempt);
          }
        }),
    );
    return (await Promise.all(graded)).flat();
  };

  return {
    record: { spec, kind: 'command', form, version: versionOf(command, sources.cwd), scale },
    capabilities: {
      answers: answersOfForm(form),
      needsReference: false,
      pairwise: form === 'pairwise',
      batch: BATCH,
      expensive: false,
      intentByConstruction: true,
      published: null,
    },
    grade: async (calls, signal) => {
      const until = signal === undefined ? closed.signal : AbortSignal.any([signal, closed.signal]);
      until.throwIfAborted();
      if (form !== 'pairwise')
        return await ask(
          calls.map((call) => shown(call, call.answer, null)),
          until,
        );
      return await gradePairs(
        calls,
        scale,
        (call, { first, second }) => shown(call, first, second),
        (questions) => ask(questions, until),
      );
    },
    [Symbol.asyncDispose]: async () => {
      closed.abort(new Error('the grader was closed'));
      await Promise.allSettled(running);
    },
  };
};

const shown = (
  { example: { input, reference, items, options, fields } }: GradeCall,
  answer: GradeCall['answer'],
  opponent: GradeCall['answer'] | null,
): CommandCall => ({ input, answer, reference, opponent, items, options, fields });

const launchOf = async (command: string, options: SubjectOptions, { cwd }: SubjectSources): Promise<Launch> => {
  const shell = ['/bin/sh', '-c', command];
  const { reads, path, env } = pathsOfProgram(firstWord(command), cwd);
  if (options.trust) return trusting(shell, cwd);
  const around = { reads: [cwd, ...reads], cwd, path, env, workFolder: null };
  await checkSandbox(around);
  return enclose(shell, around);
};

/** The words of a command that are files of the working directory are its code, as far as that can be seen. */
const versionOf = (command: string, cwd: string): string => {
  const files = [...new Set(command.split(/[\s"']+/))]
    .map((word) => ({ word, path: resolve(cwd, word) }))
    .filter(({ word, path }) => word !== '' && existsSync(path) && statSync(path).isFile())
    .map(({ word, path }) => ({ word, hash: sha256(readFileSync(path)) }));
  return contentHash({ command, files });
};
