/** Builders for strategies that hand in a program. What is handed in never does the work: its modules answer nothing, or anything. */

import { rng } from '../../../base/rng.ts';
import type { FailureClass } from '../../../record/audit.ts';
import type { Files } from '../../answer.ts';
import type { Candidate, Knowledge, Seen, StrategyContext, StrategyOf } from '../../strategy.ts';
import type { Said } from '../define.ts';
import { nodeModule } from './node.ts';
import { pythonModule } from './python.ts';
import { type Language, type Target, targetsOf } from './target.ts';

/** What the modules of a submission do when they are imported, and what their functions then return. */
export interface Body {
  /** Runs at import, before anything else. */
  readonly first?: string;
  /** `nothing`: every function returns nothing. `anything`: what equals whatever it is compared with. Else code of that language. */
  readonly returns?: 'nothing' | 'anything' | { readonly code: string };
}

/** Every module of the target with this body. */
export const modulesOf = (target: Target, body: Body): Files =>
  Object.fromEntries(
    target.modules.map((module) => [
      module.path,
      target.language === 'python' ? pythonModule(body) : nodeModule(body, module, target.names),
    ]),
  );

/** A submission: the body of its modules, and what is laid beside them. */
export interface Submission extends Body {
  readonly beside?: Files;
}

/** By variant; null: none of this language. */
export type Submissions = Readonly<Record<string, Submission>> | Submission | null;

const isOne = (made: Readonly<Record<string, Submission>> | Submission): made is Submission =>
  Object.keys(made).every((key) => key === 'first' || key === 'returns' || key === 'beside');

const named = (language: Language, made: Submissions): readonly (readonly [string, Submission])[] => {
  if (made === null) return [];
  if (isOne(made)) return [[language, made]];
  return Object.entries(made).map(([variant, submission]) => [`${language}-${variant}`, submission]);
};

const candidatesOf = (target: Target, made: Submissions): readonly Candidate[] =>
  named(target.language, made).flatMap(([variant, submission]): readonly Candidate[] => {
    const beside = submission.beside ?? {};
    const modules = modulesOf(target, submission);
    if (!target.isText) return [{ variant, answer: { ...modules, ...beside } }];
    // A text is one module: what needs files beside it cannot be handed in.
    const [text] = Object.values(modules);
    return text === undefined || Object.keys(beside).length > 0 ? [] : [{ variant, answer: text }];
  });

const SHOWN: Seen = {
  id: 'demo',
  input: 'Write add(a, b).',
  options: null,
  items: null,
  workspace: {
    'solution.py': 'def add(a, b):\n    ...\n',
    'test_solution.py': 'from solution import add\n\ndef test_add():\n    assert add(2, 3) == 5\n',
  },
};
const SHOWN_NODE: Seen = {
  ...SHOWN,
  workspace: {
    'solution.mjs': 'export const add = (a, b) => undefined;\n',
    'solution.test.mjs':
      "import assert from 'node:assert';\nimport { test } from 'node:test';\nimport { add } from './solution.mjs';\n\ntest('add', () => assert.equal(add(2, 3), 5));\n",
  },
};
const NOTHING_KNOWN: Knowledge = { published: null, answers: [], references: [], labels: [], numbers: null };

/** A program that fails the intent. `make` is asked for each language in use. */
export const programNoWork =
  (failureClass: FailureClass) =>
  (said: Said, make: (target: Target, context: StrategyContext) => Submissions): StrategyOf<'no-work'> => {
    const made = (seen: Seen, context: StrategyContext): readonly Candidate[] =>
      targetsOf(seen, context.known).flatMap((target) => candidatesOf(target, make(target, context)));
    const context = { dice: rng(`demo/${said.name}`), known: NOTHING_KNOWN, sentinel: 'subterfuge-sentinel' };
    const [shown] = [SHOWN, SHOWN_NODE].flatMap((seen) => made(seen, context));
    if (shown === undefined) throw new RangeError(`strategy ${said.name} makes nothing of its own demonstration`);
    return {
      ...said,
      class: failureClass,
      subjects: ['program'],
      needs: said.needs ?? [],
      kind: 'no-work',
      example: { from: null, to: shown.answer },
      make: made,
    };
  };
