/** Log-probabilities of the written pieces of a transcript, by one forward pass. */
import type { TokenScores } from '../engine/trainer/trainer.ts';
import type { ChatMessage } from '../policy/policy.ts';
import type { Piece, SpanName } from './dense-script.ts';

/** A language model as a function: what the dense measures need of it. */
export interface ScoringModel {
  /** Longest sequence in tokens. */
  readonly contextLength: number;
  /** Sequences that are scored in one call; more only hold more memory. */
  readonly batch: number;
  /** `scored`: as in `Trainer.score`, one for each sequence: only what the policy would have to write is asked for. */
  score(sequences: readonly Int32Array[], scored: readonly Uint8Array[]): Promise<readonly TokenScores[]>;
  /** Ids of a conversation, up to where the assistant begins to write. */
  prompt(messages: readonly ChatMessage[]): readonly number[];
  encode(text: string): readonly number[];
}

/** Nats below its lower end are as good as never; an estimate needs a scale with an end. */
export const LOG_SCALE = [-2000, 0] as const;

/** Nats by span, summed over its tokens. Null: the transcript does not fit into the context. */
export type SpanScores = Readonly<Record<SpanName, number>> | null;

interface Laid {
  readonly ids: Int32Array;
  /** [T]: which span a token belongs to; null for context. */
  readonly spans: readonly (SpanName | null)[];
}

/**
 * Ids of the whole text of a turn, each token given to the span in which it ends. A turn is encoded as one text, as the
 * model would have written it; that the ids of its beginning are the beginning of its ids is checked.
 */
const ownTokens = (model: ScoringModel, texts: readonly { text: string; span: SpanName }[]): [number, SpanName][] => {
  const out: [number, SpanName][] = [];
  let text = '';
  for (const { text: more, span } of texts) {
    text += more;
    const ids = model.encode(text);
    const before = out.length;
    if (out.some(([id], index) => ids[index] !== id))
      throw new Error(`the tokens of ${JSON.stringify(text)} do not begin with those of its first part`);
    for (const id of ids.slice(before)) out.push([id, span]);
  }
  return out;
};

const lay = (model: ScoringModel, pieces: readonly Piece[]): Laid => {
  let ids: number[] = [];
  let spans: (SpanName | null)[] = [];
  let open: { text: string; span: SpanName }[] = [];
  const close = (): void => {
    for (const [id, span] of ownTokens(model, open)) {
      ids.push(id);
      spans.push(span);
    }
    open = [];
  };
  for (const piece of pieces) {
    if (piece.kind === 'own') {
      open.push(piece);
      continue;
    }
    close();
    const prompt = model.prompt(piece.messages);
    if (ids.some((id, index) => prompt[index] !== id))
      throw new Error('the prompt of a later turn does not go on from the turn before it');
    spans = [...spans, ...new Array<null>(prompt.length - spans.length).fill(null)];
    ids = [...prompt];
  }
  close();
  return { ids: Int32Array.from(ids), spans };
};

const summed = ({ spans }: Laid, { logprobs }: TokenScores): SpanScores => {
  const sums: Record<SpanName, number> = { aim: 0, looking: 0, decision: 0, number: 0, act: 0 };
  for (const [index, span] of spans.entries()) {
    // The first token of all is never predicted, and is always context.
    if (span !== null && index > 0) sums[span] += logprobs[index - 1] ?? Number.NaN;
  }
  return sums;
};

/** [T - 1]: 1 where ids[t + 1] stands in a span. */
const maskOf = ({ spans }: Laid): Uint8Array => Uint8Array.from(spans.slice(1), (span) => (span === null ? 0 : 1));

export interface ScoredTranscripts {
  /** One per transcript, in order. */
  readonly spans: readonly SpanScores[];
  /** Tokens that the model read for it. */
  readonly tokens: number;
}

export const scoreTranscripts = async (
  model: ScoringModel,
  transcripts: readonly (readonly Piece[])[],
): Promise<ScoredTranscripts> => {
  const laid = transcripts.map((pieces) => lay(model, pieces));
  const fitting = laid.filter(({ ids }) => ids.length <= model.contextLength);
  const scores = new Map<Laid, SpanScores>();
  for (let at = 0; at < fitting.length; at += model.batch) {
    const part = fitting.slice(at, at + model.batch);
    const given = await model.score(
      part.map(({ ids }) => ids),
      part.map(maskOf),
    );
    for (const [index, one] of part.entries()) {
      const score = given[index];
      if (score === undefined) throw new Error(`${given.length} scores came back for ${part.length} sequences`);
      scores.set(one, summed(one, score));
    }
  }
  return {
    spans: laid.map((one) => scores.get(one) ?? null),
    tokens: fitting.reduce((sum, { ids }) => sum + ids.length, 0),
  };
};

/** log(sum(exp(x))), stable; -Infinity of nothing. */
export const logSumExp = (values: readonly number[]): number => {
  const most = Math.max(Number.NEGATIVE_INFINITY, ...values);
  if (most === Number.NEGATIVE_INFINITY) return most;
  return most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
};
