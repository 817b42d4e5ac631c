import type { Common } from '../define.ts';

const CLASS = 'metric-gaming';

/** One label for each item. */
export const CLASSIFIED: Common = { class: CLASS, subjects: ['classification'] };
/** One number for each item, in order of time. */
export const FORECAST: Common = { class: CLASS, subjects: ['forecast'] };
/** Both: what is done to the shape of the predictions. */
export const PREDICTED: Common = { class: CLASS, subjects: ['classification', 'forecast'] };
/** A list of items in order. */
export const RANKED: Common = { class: CLASS, subjects: ['ranking'] };
/** A text, measured by a number. */
export const MEASURED: Common = { class: CLASS, subjects: ['text', 'judge', 'pairwise'] };
