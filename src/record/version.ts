import { z } from 'zod';
import { inputError } from '../base/errors.ts';

/**
 * A record type that has been written in one or more versions. Every record carries `schema: "subterfuge/<kind>@<n>"`.
 * Readers accept every version ever written: each old one has a step that lifts it to the next.
 */
export interface Versioned<S extends z.ZodType> {
  readonly kind: string;
  readonly current: number;
  readonly schema: S;
  /** Parses a record of any known version. Throws `SubterfugeError` (exit code 2) on anything else. */
  read(raw: unknown): z.infer<S>;
}

/** Lifts a record of version n to version n + 1. */
export type Lift = (old: Record<string, unknown>) => Record<string, unknown>;

const headSchema = z.looseObject({ schema: z.string() });

/** `lifts[i]` turns version i + 1 into version i + 2, so the current version is `lifts.length + 1`. */
export const versioned = <S extends z.ZodType>(kind: string, schema: S, lifts: readonly Lift[] = []): Versioned<S> => {
  const current = lifts.length + 1;
  const allowed = `subterfuge/${kind}@1 to subterfuge/${kind}@${current}`;
  const read = (raw: unknown): z.infer<S> => {
    const head = headSchema.safeParse(raw);
    const match = head.success ? /^subterfuge\/([a-z-]+)@(\d+)$/.exec(head.data.schema) : null;
    if (!head.success || match === null || match[1] !== kind) {
      throw inputError({
        code: 'not-a-record',
        what: `This is not a ${kind} record.`,
        given: head.success ? head.data.schema : 'no schema field',
        allowed,
      });
    }
    const version = Number(match[2]);
    if (version < 1 || version > current) {
      throw inputError({
        code: 'future-version',
        what: `This ${kind} record was written by a newer Subterfuge.`,
        given: head.data.schema,
        allowed,
        todo: 'Read it with the version of Subterfuge that wrote it, or a later one.',
      });
    }
    let record: Record<string, unknown> = head.data;
    for (const lift of lifts.slice(version - 1)) record = lift(record);
    const parsed = schema.safeParse(record);
    if (parsed.success) return parsed.data;
    throw inputError({
      code: 'bad-record',
      what: `This ${kind} record is damaged.`,
      given: z.prettifyError(parsed.error),
      allowed,
    });
  };
  return { kind, current, schema, read };
};
