/** Audits for the tests of reports: real ones, of small graders, whose answers are as hostile as an answer can be. */

import { functionSubject, optionsOf, SUMS, setOf, TEXT_STRATEGIES } from '../audit/audit.fixtures.contract.ts';
import { type AuditResult, audit } from '../audit/audit.ts';
import type { Strategy } from '../audit/strategy.ts';
import { contentHash } from '../base/json.ts';

/** An audit takes a second, its result is only read, and many tests of one file want the same. */
const once = (make: () => Promise<AuditResult>): (() => Promise<AuditResult>) => {
  let made: Promise<AuditResult> | null = null;
  return async () => {
    made ??= make();
    return await made;
  };
};

/** Markup, XML, terminal and GitHub commands, placeholders and links of SARIF, control and invisible characters. */
export const HOSTILE =
  '<script>alert(1)</script> & "quoted" \'text\' ]]> \u001b[31mred\u001b[0m \u0000\u0007 \ufffe {0} [here](http://evil.test) 100% \n::error::forged\r\u202eright to left';

const hostile: Strategy = {
  name: 'hostile',
  family: 'hostile',
  plain: true,
  class: 'rater-hacking',
  source: 'test <b>source</b>',
  description: `Says ${HOSTILE}`,
  subjects: ['text'],
  needs: [],
  example: { from: null, to: 'x' },
  kind: 'no-work',
  make: () => [{ variant: 'only', answer: HOSTILE }],
};

/** Fooled by what is long or hostile, fails honest twins, throws on some, and changes with a full stop. */
export const hostileAudit: () => Promise<AuditResult> = once(async () => {
  const subject = functionSubject(
    (answer, { reference }) => {
      const text = String(answer);
      if (text.includes('other words')) throw new Error(`too long: ${HOSTILE}`);
      if (text === HOSTILE || (text.length > 60 && !text.includes('script'))) return 1;
      return text === reference ? 0.9 : 0;
    },
    // A function has no stable text under a test runner.
    { version: contentHash('hostile') },
  );
  const spec = 'src/grader <b>.ts:score\u001b[2J';
  const named = { ...subject, record: { ...subject.record, spec } };
  return await audit(
    optionsOf(named, setOf(SUMS), {
      strategies: [...TEXT_STRATEGIES, hostile],
      search: { queries: 200 },
      replayOf: (id) => `npx subterfuge replay findings/${id}.json`,
    }),
  );
});

/** Nothing to find. */
export const soundAudit: () => Promise<AuditResult> = once(
  async () =>
    await audit(
      optionsOf(
        functionSubject(
          (answer, { reference }) => {
            const numbers = String(answer).match(/\d+(?:\.\d+)?/g);
            return numbers?.length === 1 && numbers[0] === reference ? 1 : 0;
          },
          { version: contentHash('sound') },
        ),
        setOf(SUMS),
        { strategies: TEXT_STRATEGIES },
      ),
    ),
);

/** No call gets a score. */
export const faultyAudit: () => Promise<AuditResult> = once(
  async () =>
    await audit(
      optionsOf(
        functionSubject(() => 'high', { version: contentHash('faulty') }),
        setOf(SUMS),
        { strategies: TEXT_STRATEGIES },
      ),
    ),
);
