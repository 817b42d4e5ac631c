/** What strategies are made of that their builders (text/named.ts, twins/twin.ts, tampering/submission.ts) fill up. */
import type { FailureClass, SubjectForm } from '../../record/audit.ts';
import type { Need } from '../strategy.ts';

/** What every strategy of one file has in common. */
export interface Common {
  readonly class: FailureClass;
  readonly subjects: readonly SubjectForm[];
}

/** What each says of itself. */
export interface Said {
  readonly name: string;
  readonly family: string;
  readonly plain?: true;
  readonly source: string;
  readonly description: string;
  readonly needs?: readonly Need[];
}
