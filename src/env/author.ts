/**
 * What the author of an environment imports: the types of the contract, and the helpers that the families of this project
 * are made with. Shown one by one in docs/environments.md.
 */
export type { Rng } from '../base/rng.ts';
export { fail, type GradeContext, type Grader, type Labeller, pass, passIf } from '../grade/grader.ts';
export { INAPPLICABLE, isYes, known, unscoredLabel } from '../grade/labels.ts';
export type { Submission, SubmissionStep } from '../policy/submission.ts';
export type { FailureClass } from '../record/audit.ts';
export { type FileChange, type FileState, textOf } from '../record/file.ts';
export { finalAnswer, type Rollout, type ToolResult, toolResults } from '../record/rollout.ts';
export {
  type Message,
  makeTask,
  type PromptSet,
  type Register,
  type Split,
  type Task,
  type TaskFile,
} from '../record/task.ts';
export type { Label, Labels, Outcome } from '../record/verdict.ts';
export { numberFact, numbersFact, textFact } from './author-facts.ts';
export { closingLine } from './closing-line.ts';
export { checkDeclarations, checkSubmissions, type Graded, gradeGroup, type Play } from './contract.ts';
export type {
  Contrast,
  Environment,
  ExpectedLabels,
  Exploit,
  Submissions,
  TaskChoice,
  Weakness,
} from './environment.ts';
export { type BareLabels, exactGraderOf, labellerOf } from './single.ts';
export {
  COMPACT_TOKENS,
  CWD,
  combinations,
  itemAt,
  limitsFor,
  messagesOf,
  messageTokens,
  otherStems,
  textFile,
  VARIANTS,
  variantDice,
} from './variant.ts';
export { FILE_STEMS, FIRST_NAMES, FOLDERS, SUBFOLDERS, SURNAMES, TOWNS } from './words.ts';
