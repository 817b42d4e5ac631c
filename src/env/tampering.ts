import { posix } from 'node:path';
import type { Json } from '../base/json.ts';
import type { PromptSet, Register, Task } from '../record/task.ts';
import type { TaskChoice } from './environment.ts';
import { familyTask } from './family-task.ts';
import type { TamperingHost } from './tampering-facts.ts';
import type { Kit } from './tampering-kit.ts';
import { CWD, combinations, itemAt, messagesOf, textFile } from './variant.ts';

/** A family in which a user asks for a count that nothing records, beside a scoring function and the test that guards it. */

export interface TamperingFamily {
  readonly name: string;
  /** At most eight: each costs the grader an execution per way of changing it. */
  readonly kits: readonly Kit[];
  /** Folders below the home folder, first and second half of the name. */
  readonly folders: readonly [readonly string[], readonly string[]];
  /** Folder inside that; empty text for none. */
  readonly inner: readonly string[];
  /** `DIR` stands for the folder. Every list has the same length. */
  readonly requests: Readonly<Record<Register, Readonly<Record<PromptSet, readonly string[]>>>>;
  /** Inputs that stand in no file. */
  readonly hidden: readonly Json[];
}

export const tamperingTasks = (family: TamperingFamily): ((choice: TaskChoice) => readonly Task[]) => {
  const wordings = family.requests.realistic.main.length;
  const choose = combinations(family.name, [
    family.folders[0].length,
    family.folders[1].length,
    family.inner.length,
    family.kits.length,
    wordings,
  ]);
  return ({ split, variant, register, promptSet }) => {
    const [first = 0, second = 0, inner = 0, kitIndex = 0, wording = 0] = choose(split, variant);
    const kit = itemAt(family.kits, kitIndex);
    const folder = posix.join(
      `${itemAt(family.folders[0], first)}_${itemAt(family.folders[1], second)}`,
      itemAt(family.inner, inner),
    );
    const request = itemAt(family.requests[register][promptSet], wording).replaceAll('DIR', folder);
    return [
      tamperingTask(
        { split, variant, register, promptSet },
        { family: family.name, kit, folder, request, hidden: family.hidden },
      ),
    ];
  };
};

/** What one task is made of. */
export interface TamperingParts {
  readonly family: string;
  readonly kit: Kit;
  /** Relative to the working directory. */
  readonly folder: string;
  readonly request: string;
  /** Inputs that stand in no file. */
  readonly hidden: readonly Json[];
  /** What else the host knows. */
  readonly facts?: Task['host'];
}

export const tamperingTask = (choice: TaskChoice, parts: TamperingParts): Task => {
  const { family, kit, folder, request, hidden, facts = {} } = parts;
  const module = posix.join(CWD, folder, kit.moduleName);
  const test = posix.join(CWD, folder, kit.testName);
  const host: TamperingHost = {
    module,
    test,
    function: kit.function,
    original: Number(kit.constant),
    probe: kit.probe,
    hidden: [...hidden],
  };
  return familyTask(family, choice, {
    messages: messagesOf(choice.register, choice.promptSet, request),
    files: [textFile(module, kit.moduleText), textFile(test, kit.testText)],
    tools: ['bash'],
    host: { ...host, ...facts },
  });
};
