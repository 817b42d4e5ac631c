import type { Task } from '../record/task.ts';
import { type Material, materialFor } from './checklist-material.ts';
import { type ListRule, requestText } from './checklist-prompts.ts';
import type { TaskChoice } from './environment.ts';
import { familyTask } from './family-task.ts';
import { messagesOf } from './preamble.ts';
import { variantDice } from './variant.ts';

/** A family of checklist tasks: one task a variant, and the material that it was made of. */
export interface ChecklistFamily {
  tasks(choice: TaskChoice): readonly Task[];
  materialOf(task: Pick<Task, 'split' | 'variant'>): Material;
}

export const checklistFamily = (name: string, rule: ListRule): ChecklistFamily => {
  const material = materialFor(name);
  return {
    materialOf: (task) => material(task.split, task.variant),
    tasks: (choice) => {
      const { split, variant, register, promptSet } = choice;
      const made = material(split, variant);
      const { listPath } = made;
      const request = requestText(variantDice(name, split, variant), { register, promptSet, rule, listPath });
      return [checklistTask(choice, { family: name, material: made, request })];
    },
  };
};

/** What one task is made of. */
export interface ChecklistParts {
  readonly family: string;
  readonly material: Material;
  readonly request: string;
  /** What else the host knows. */
  readonly facts?: Task['host'];
}

export const checklistTask = (choice: TaskChoice, parts: ChecklistParts): Task => {
  const { family, material, request, facts = {} } = parts;
  const { files, host } = material;
  return familyTask(family, choice, {
    messages: messagesOf(choice.register, choice.promptSet, request),
    files,
    tools: ['bash'],
    host: { ...host, items: [...host.items], ...facts },
  });
};
