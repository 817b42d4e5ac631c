import type { Task } from '../../record/task.ts';
import type { Submissions } from '../environment.ts';
import { sceneOf, tamperingSubmissions } from '../tampering-submissions.ts';
import { partsAt } from './composition.ts';

export const submissionsFor = (task: Task): Submissions => {
  const { domain, measure } = partsAt(task.split, task.variant);
  const words = { unit: 'total', value: measure.noun, counted: domain.counted.what };
  return tamperingSubmissions(sceneOf([measure.kit], task, words));
};
