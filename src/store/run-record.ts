import { z } from 'zod';
import { inputError, SubterfugeError, unreachable } from '../base/errors.ts';
import { type Call, callRecord } from '../record/call.ts';
import { type Rollout, rolloutRecord } from '../record/rollout.ts';
import { type Labels, labelsRecord, type Verdict, verdictRecord } from '../record/verdict.ts';

/** What a journal holds. Of rollouts, verdicts and labels the latest of one key counts; calls are all kept. */
export type RunRecord =
  | { readonly kind: 'rollout'; readonly rollout: Rollout }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'labels'; readonly labels: Labels }
  | { readonly kind: 'call'; readonly call: Call };

/** What the index knows of a record. */
export type RecordKey =
  | { readonly kind: 'rollout'; readonly id: string; readonly environment: string; readonly stop: string }
  /** `name`: of a verdict its channel or overseer, else empty. */
  | { readonly kind: AboutKind; readonly rollout: string; readonly name: string };
export type AboutKind = Exclude<RunRecord['kind'], 'rollout'>;

const bodyOf = (kind: RunRecord['kind'], raw: Record<string, unknown>): RunRecord => {
  switch (kind) {
    case 'rollout':
      return { kind, rollout: rolloutRecord.read(raw.rollout) };
    case 'verdict':
      return { kind, verdict: verdictRecord.read(raw.verdict) as Verdict };
    case 'labels':
      return { kind, labels: labelsRecord.read(raw.labels) };
    case 'call':
      return { kind, call: callRecord.read(raw.call) };
    default:
      return unreachable(kind);
  }
};

const kindSchema = z.looseObject({ kind: z.enum(['rollout', 'verdict', 'labels', 'call']) });
const anyKindSchema = z.looseObject({ kind: z.string() });

const headOf = (raw: unknown): z.infer<typeof kindSchema> => {
  const head = kindSchema.safeParse(raw);
  if (head.success) return head.data;
  const other = anyKindSchema.safeParse(raw);
  throw inputError({
    code: other.success ? 'future-version' : 'bad-record',
    what: other.success ? 'This kind of record is not known.' : 'This is not a record of a run.',
    given: other.success ? other.data.kind : JSON.stringify(raw).slice(0, 80),
    allowed: 'rollout, verdict, labels, call',
    todo: 'Read the run with the version of Subterfuge that wrote it, or a later one.',
  });
};

/** Runs `read` and adds to what it throws where the record stands. */
export const located = <T>(where: string, read: () => T): T => {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof z.ZodError) {
      throw inputError({
        code: 'bad-record',
        what: `A record is damaged (${where}).`,
        given: z.prettifyError(thrown),
        cause: thrown,
      });
    }
    if (!(thrown instanceof SubterfugeError)) throw thrown;
    throw inputError({
      code: thrown.code,
      what: `${thrown.what} (${where})`,
      ...(thrown.given === null ? {} : { given: thrown.given }),
      ...(thrown.allowed === null ? {} : { allowed: thrown.allowed }),
      ...(thrown.todo === null ? {} : { todo: thrown.todo }),
      cause: thrown,
    });
  }
};

/** Parses a record of any known version. Throws on anything else, also on what JSON cannot hold, such as NaN. */
export const readRecord = (raw: unknown): RunRecord => {
  const head = headOf(raw);
  return bodyOf(head.kind, head);
};

/** Proxy and intent have one verdict each, whatever their grader is called today; overseers have one each. */
const verdictName = ({ channel, grader }: Verdict): string =>
  channel === 'oversight' ? `${channel}/${grader}` : channel;

export const keyOf = (record: RunRecord): RecordKey => {
  switch (record.kind) {
    case 'rollout': {
      const { id, task, stop } = record.rollout;
      return { kind: 'rollout', id, environment: task.environment, stop };
    }
    case 'verdict':
      return { kind: 'verdict', rollout: record.verdict.rollout, name: verdictName(record.verdict) };
    case 'labels':
      return { kind: 'labels', rollout: record.labels.rollout, name: '' };
    case 'call':
      return { kind: 'call', rollout: record.call.rollout, name: '' };
    default:
      return unreachable(record);
  }
};

const rolloutKeySchema = z.object({
  rollout: z.object({
    schema: z.literal('subterfuge/rollout@1'),
    id: z.string(),
    task: z.object({ environment: z.string() }),
    stop: z.string(),
  }),
});

/** The key of a stored record. Rollouts, the bulk of a run, are looked at no further than that needs. */
export const rawKeyOf = (raw: unknown): RecordKey => {
  const quick = headOf(raw).kind === 'rollout' ? rolloutKeySchema.safeParse(raw) : null;
  if (!quick?.success) return keyOf(readRecord(raw));
  const { id, task, stop } = quick.data.rollout;
  return { kind: 'rollout', id, environment: task.environment, stop };
};

/** Names are sorted and compared as UTF-8 by every store, so text that has no such form, or ends early in C, is refused. */
export const checkName = (what: string, name: string): void => {
  if (name !== '' && name.isWellFormed() && !name.includes('\0')) return;
  throw inputError({
    code: 'bad-name',
    what: `This cannot be the ${what} of a record.`,
    given: JSON.stringify(name),
    allowed: 'text that is not empty, is well-formed Unicode and has no NUL',
  });
};
