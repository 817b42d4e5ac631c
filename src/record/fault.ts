import { z } from 'zod';

/** Whose failure it was. Attributed once, at the boundary where it happened. */
export const sideSchema = z.enum(['policy', 'provider', 'sandbox', 'environment', 'grader', 'host']);
export type Side = z.infer<typeof sideSchema>;

/**
 * A failure inside an episode. Only faults of `provider` and `host` (and a lost sandbox) are worth trying again;
 * a loss that the guest can cause is the policy's outcome and is scored.
 */
export const faultSchema = z.strictObject({
  side: sideSchema,
  /** Stable name, e.g. `rate-limited`, `unreachable`, `bad-key`, `worker-died`. */
  code: z.string(),
  message: z.string(),
});
export type Fault = z.infer<typeof faultSchema>;
