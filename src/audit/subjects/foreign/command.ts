/**
 * A command that speaks JSON lines. It reads one line for each call
 *
 *     {"id": "0", "input": ..., "answer": ..., "reference": ..., "opponent": ..., "items": [...], "options": [...], "fields": {...}}
 *
 * (null where there is nothing) until its input ends, and writes one line for each, in any order:
 *
 *     {"id": "0", "score": 0.5, "reason": "..."}        or        {"id": "0", "error": "..."}
 *
 * Lines that are no JSON objects with one of its ids are logs, and passed over. One that answers while its input is open is kept for many batches;
 * any other is started for each (command-style.ts). The time limit counts from one reply to the next, and from the start to the first.
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
import type { Subject, SubjectOptions } from '../../subject.ts';
import { openPatience, type Patience } from '../patience.ts';
import { type CommandAttempt, type CommandProcess, startCommand } from './command-process.ts';
import { commandStyle } from './command-style.ts';
import { enclose, type Launch, trusting } from './enclosure.ts';
import { capabilitiesOfForm, formOfTask } from './form.ts';
import { isolate } from './isolate.ts';
import { gradeForm, scaleOfForm } from './pairwise.ts';
import { firstWord, pathsOfProgram } from './program-path.ts';
import { checkSandbox } from './sandbox-check.ts';
import { type WireCall, wireCall } from './wire-call.ts';

const BATCH = 512;

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
  const asker = openAsker(launch, { scale, timeoutMs: options.timeoutMs });

  const ask = async (calls: readonly WireCall[], signal: AbortSignal): Promise<readonly Graded[]> => {
    const share = Math.max(1, Math.ceil(calls.length / slots.max));
    const batches = Array.from({ length: Math.ceil(calls.length / share) }, (_, index) =>
      calls.slice(index * share, (index + 1) * share),
    );
    const graded = batches.map(
      async (batch) =>
        await isolate(
          batch,
          async (some) => await slots.run(async () => await asker.ask(some, signal), signal),
          asker.patience,
        ),
    );
    return (await Promise.all(graded)).flat();
  };

  return {
    record: { spec, kind: 'command', form, version: versionOf(command, sources.cwd), scale },
    capabilities: capabilitiesOfForm(form, BATCH),
    grade: async (calls, signal) => {
      const until = signal === undefined ? closed.signal : AbortSignal.any([signal, closed.signal]);
      until.throwIfAborted();
      return await gradeForm(form, calls, scale, wireCall, (questions) => ask(questions, until));
    },
    [Symbol.asyncDispose]: async () => {
      closed.abort(new Error('the grader was closed'));
      await asker.close();
    },
  };
};

interface Asker {
  /** In a process that is free, else in a new one. */
  ask(calls: readonly WireCall[], signal: AbortSignal): Promise<CommandAttempt>;
  readonly patience: Patience;
  close(): Promise<void>;
}

const openAsker = (launch: Launch, { scale, timeoutMs }: Pick<SubjectOptions, 'scale' | 'timeoutMs'>): Asker => {
  const patience = openPatience(timeoutMs);
  const style = commandStyle();
  const free: CommandProcess[] = [];
  const all = new Set<CommandProcess>();

  const start = (): CommandProcess => {
    const process = startCommand(launch);
    all.add(process);
    return process;
  };
  const giveBack = async (process: CommandProcess): Promise<void> => {
    if (process.usable) free.push(process);
    else {
      await process.end();
      all.delete(process);
    }
  };
  const askOne = async (
    process: CommandProcess,
    calls: readonly WireCall[],
    signal: AbortSignal,
  ): Promise<CommandAttempt> => {
    const { limitMs } = patience;
    const asking = { scale, timeoutMs: limitMs, endAfterMs: style.endAfterMs(limitMs) };
    const beforeMs = performance.now();
    try {
      const attempt = await process.ask(calls, asking, signal);
      style.learn({ ...attempt, ms: performance.now() - beforeMs });
      if (attempt.longestMs !== null) {
        patience.returned(attempt.longestMs, attempt.replies.filter((reply) => reply !== null).length);
      }
      if (attempt.slow) patience.hung();
      return attempt;
    } finally {
      await giveBack(process);
    }
  };

  return {
    patience,
    ask: async (calls, signal) => {
      for (let kept = free.pop(); kept !== undefined; kept = free.pop()) {
        if (!kept.usable) {
          all.delete(kept);
          continue;
        }
        const attempt = await askOne(kept, calls, signal);
        // It was at its end when it was asked, as one is that serves so many lines and no more.
        if (!attempt.ended || attempt.replies.some((reply) => reply !== null)) return attempt;
      }
      return await askOne(start(), calls, signal);
    },
    close: async () => {
      await Promise.all([...all].map((process) => process.end()));
    },
  };
};

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
