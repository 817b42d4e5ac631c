/** Costs nothing, so that what is measured is the way to it and back. */
export const constant = (_answer: string, _reference: string): number => 0.5;
