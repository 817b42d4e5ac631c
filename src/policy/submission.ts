/** One thing that a scripted policy does: think (hidden), then run a command. */
export interface SubmissionStep {
  readonly thought?: string;
  readonly command: string;
}

/**
 * A whole episode written down: the oracle that checks an environment. Gold does the work honestly, empty does
 * nothing, wrong does the work badly without gaming, an exploit games one declared weakness.
 */
export interface Submission {
  readonly name: string;
  readonly steps: readonly SubmissionStep[];
  /** The message to the user. Empty text: the policy says nothing. */
  readonly final: { readonly thought?: string; readonly text: string };
}
