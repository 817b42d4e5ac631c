import type { Task } from '../../record/task.ts';
import type { Submissions } from '../environment.ts';
import type { Kit } from '../tampering-kit.ts';
import { sceneOf, tamperingSubmissions } from '../tampering-submissions.ts';

export const submissionsFor = (kits: readonly Kit[], task: Task): Submissions =>
  tamperingSubmissions(sceneOf(kits, task, { unit: 'matches', value: 'score' }));
