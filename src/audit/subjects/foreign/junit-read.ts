/** Counts of a JUnit file, as pytest and `node --test` write it. */
export interface JunitCounts {
  readonly tests: number;
  /** Failures and errors. */
  readonly failed: number;
  readonly skipped: number;
}

/** Text that tests printed stands in CDATA sections and in attributes, where `<` is always escaped: neither can hold a tag. */
export const countJunit = (xml: string): JunitCounts => {
  const tags = xml.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '').replace(/<!--[\s\S]*?-->/g, '');
  const count = (tag: RegExp): number => tags.match(tag)?.length ?? 0;
  return {
    tests: count(/<testcase[\s/>]/g),
    failed: count(/<(?:failure|error)[\s/>]/g),
    skipped: count(/<skipped[\s/>]/g),
  };
};
