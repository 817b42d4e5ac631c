/** Reverse-mode differentiation over static graphs that run as ONNX models. */
export { silu, swiglu } from './activation.ts';
export { attention, causalAttention } from './attention.ts';
export { expand, reduceSum } from './broadcast.ts';
export { compile } from './compile.ts';
export { add, detach, div, exp, log, mul, neg, scale, shift, sigmoid, sqrt, sub, tanh } from './elementwise.ts';
export { addPerRow, type GatherOptions, gatherRows, oneHot, pickPerRow } from './gather.ts';
export { gradients } from './gradients.ts';
export { dim, type GraphBuilder, graph, type Value } from './graph.ts';
export { type MatMulOptions, matMul } from './matmul.ts';
export { rmsNorm } from './norm.ts';
export { reduceMax, reduceMean } from './reduce.ts';
export { rope } from './rope.ts';
export { concat, reshape, slice, split, transpose } from './shape.ts';
export { logSoftmax, softmax } from './softmax.ts';
export { type TokenScoreValues, tokenScores } from './token-scores.ts';
