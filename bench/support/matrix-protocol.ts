/** Rows and columns of the matrices. */
export const SIZE = 512;
/** Products in one graph. */
export const CHAIN = 16;

export const KINDS = ['packed', 'fed'] as const;

export interface MatrixJob {
  /** `packed`: one side is a constant that ONNX Runtime lays out once. `fed`: both sides are new to it. */
  readonly kind: (typeof KINDS)[number];
  readonly milliseconds: number;
}

export interface MatrixReply {
  readonly products: number;
  readonly seconds: number;
}
