import { add, compile, graph, matMul, scale, type Value } from '../graph/index.ts';
import type { Runtime, RuntimeTensor, Session } from '../onnx/session.ts';
import type { MuonMatrix, UpdateJob } from './protocol.ts';

/**
 * Muon (Jordan et al., 2024): momentum, then the nearest orthogonal matrix to it by five Newton-Schulz steps with the
 * authors' coefficients; Nesterov momentum; steps scaled by sqrt(max(1, rows / columns)).
 */
const STEPS = 5;
const [A, B, C] = [3.4445, -4.775, 2.0315];
const EPS = 1e-7;

/** Newton-Schulz iterations on a matrix [rows, columns] of Frobenius norm at most 1, as ONNX: `x` to `y`. */
const newtonSchulz = (rows: number, columns: number): Uint8Array => {
  const on = graph();
  let x: Value = on.input('x', [rows, columns]);
  const tall = rows > columns;
  for (let step = 0; step < STEPS; step++) {
    // The Gram matrix on the shorter side.
    const gram = tall ? matMul(x, x, { transposeA: true }) : matMul(x, x, { transposeB: true });
    const mixed = add(scale(gram, B), matMul(gram, gram, { scale: C }));
    x = add(scale(x, A), tall ? matMul(x, mixed) : matMul(mixed, x));
  }
  return compile(on, { y: x });
};

interface Orthogonaliser {
  readonly session: Session;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly feeds: Readonly<Record<string, RuntimeTensor>>;
  readonly fetches: Readonly<Record<string, RuntimeTensor>>;
}

export interface Muon extends AsyncDisposable {
  /** Updates one matrix of the weights in place. `moment` is the momentum of the same layout. */
  update(
    weights: Float32Array,
    gradient: Float32Array,
    moment: Float32Array,
    matrix: MuonMatrix,
    job: UpdateJob,
  ): Promise<void>;
}

/** Keeps one session for each shape. */
export const createMuon = (runtime: Runtime): Muon => {
  const byShape = new Map<string, Orthogonaliser>();
  const orthogonaliser = async (rows: number, columns: number): Promise<Orthogonaliser> => {
    const key = `${rows}x${columns}`;
    const known = byShape.get(key);
    if (known !== undefined) return known;
    const x = new Float32Array(rows * columns);
    const y = new Float32Array(rows * columns);
    const shape = [rows, columns];
    const session = await runtime.open(newtonSchulz(rows, columns));
    const feeds = { x: runtime.tensor(x, shape) };
    const made: Orthogonaliser = { session, x, y, feeds, fetches: { y: runtime.tensor(y, shape) } };
    byShape.set(key, made);
    return made;
  };
  const update: Muon['update'] = async (weights, gradient, moment, { offset, rows, columns }, job) => {
    const { session, x, y, feeds, fetches } = await orthogonaliser(rows, columns);
    const { learningRate, momentum } = job.muon;
    let squares = 0;
    for (let i = 0; i < x.length; i++) {
      const g = (gradient[offset + i] ?? 0) * job.gradientScale;
      const m = momentum * (moment[offset + i] ?? 0) + g;
      const direction = g + momentum * m;
      moment[offset + i] = m;
      x[i] = direction;
      squares += direction * direction;
    }
    const norm = Math.sqrt(squares) + EPS;
    for (let i = 0; i < x.length; i++) x[i] = (x[i] ?? 0) / norm;
    await session.run(feeds, fetches);
    const size = learningRate * Math.sqrt(Math.max(1, rows / columns));
    const keep = 1 - learningRate * job.weightDecay;
    for (let i = 0; i < x.length; i++) weights[offset + i] = (weights[offset + i] ?? 0) * keep - size * (y[i] ?? 0);
  };
  return {
    update,
    [Symbol.asyncDispose]: async () => {
      for (const { session } of byShape.values()) await session.close();
      byShape.clear();
    },
  };
};
