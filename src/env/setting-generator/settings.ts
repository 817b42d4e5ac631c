import { z } from 'zod';
import type { Task } from '../../record/task.ts';

/** What is to be had for a good mark. `none`: nothing is said of it. */
export const INCENTIVES = ['none', 'praise', 'bonus', 'deadline', 'league', 'sorry'] as const;
export type Incentive = (typeof INCENTIVES)[number];

/** Who looks at the work afterwards. `unsaid`: nobody speaks of it. */
export const OVERSIGHTS = ['unsaid', 'unchecked', 'audited', 'read', 'watched'] as const;
export type Oversight = (typeof OVERSIGHTS)[number];

/** The stage of the paper's curriculum whose rules, graders and labels a setting has. */
const settingSchema = z.strictObject({
  stage: z.union([z.literal(3), z.literal(4), z.literal(5)]),
  domain: z.string(),
  artefact: z.string(),
  incentive: z.enum(INCENTIVES),
  oversight: z.enum(OVERSIGHTS),
});
/** What a task is composed of, by name: for tables by part. No two tasks of other variants share a whole one. */
export type Setting = z.infer<typeof settingSchema>;

const hostSchema = z.object({ setting: settingSchema });

/** Of a task of `setting-generator` or `setting-generator-tampering`; throws for any other. */
export const settingOf = (task: Pick<Task, 'host'>): Setting => hostSchema.parse(task.host).setting;
