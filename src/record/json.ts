import { z } from 'zod';
import type { Json } from '../base/json.ts';

/** Any JSON value. */
export const jsonSchema: z.ZodType<Json> = z.json() as z.ZodType<Json>;
