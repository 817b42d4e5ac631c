/**
 * Errors a person can act on. Each says what happened, what was given, what is allowed and what to do,
 * as fields and as text. Thrown outside episodes only: inside one, a failure is a record (record/fault.ts).
 */

/** 1: the question was answered "no". 2: bad input. 3: the run could not finish. */
export type ExitCode = 1 | 2 | 3;

export interface ErrorFields {
  /** Stable machine-readable name, e.g. `unknown-environment`. */
  readonly code: string;
  readonly what: string;
  readonly given?: string;
  readonly allowed?: string;
  readonly todo?: string;
  readonly cause?: unknown;
}

export class SubterfugeError extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly what: string;
  readonly given: string | null;
  readonly allowed: string | null;
  readonly todo: string | null;

  constructor(exitCode: ExitCode, fields: ErrorFields) {
    const lines = [
      fields.what,
      fields.given === undefined ? null : `  given:   ${fields.given === '' ? '(nothing)' : fields.given}`,
      fields.allowed === undefined ? null : `  allowed: ${fields.allowed}`,
      fields.todo === undefined ? null : `  to do:   ${fields.todo}`,
    ];
    super(lines.filter((line) => line !== null).join('\n'), { cause: fields.cause });
    this.name = 'SubterfugeError';
    this.code = fields.code;
    this.exitCode = exitCode;
    this.what = fields.what;
    this.given = fields.given ?? null;
    this.allowed = fields.allowed ?? null;
    this.todo = fields.todo ?? null;
  }
}

/** Bad input: exit code 2. */
export const inputError = (fields: ErrorFields): SubterfugeError => new SubterfugeError(2, fields);

/** The run could not finish: exit code 3. `todo` says how to resume it. */
export const runError = (fields: ErrorFields): SubterfugeError => new SubterfugeError(3, fields);

/** The text of anything that was thrown. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Makes a switch total: adding a member to the union breaks the build here. */
export const unreachable = (value: never): never => {
  throw new Error(`a closed set was not covered: ${JSON.stringify(value)}`);
};
