import { encodeModel, type OnnxNode } from '../onnx/model.ts';
import { type GraphBuilder, graphError, type Value } from './graph.ts';

/**
 * The bytes of an ONNX model that computes `outputs` under their given names. Nodes, inputs and constants that no output
 * needs are left out, so the same graph compiles to a forward-only model too.
 */
export const compile = (on: GraphBuilder, outputs: Readonly<Record<string, Value>>): Uint8Array => {
  const wanted = Object.entries(outputs);
  const taken = new Set(on.inputs.map((input) => input.name));
  for (const [name, value] of wanted) {
    if (value.graph !== on) throw graphError('An output is of another graph.', name, 'values of the compiled graph');
    if (name === '' || name.startsWith('#') || taken.has(name)) {
      throw graphError('An output needs a name of its own.', JSON.stringify(name), 'a new name without a leading "#"');
    }
  }

  const needed = new Set(wanted.map(([, value]) => value.name));
  const nodes: OnnxNode[] = [];
  for (const node of on.nodes.toReversed()) {
    if (!node.outputs.some((name) => needed.has(name))) continue;
    for (const name of node.inputs) needed.add(name);
    nodes.push(node);
  }
  nodes.reverse();
  // An Identity gives an output its name; ONNX Runtime removes it when it loads the model.
  for (const [name, value] of wanted) nodes.push({ op: 'Identity', inputs: [value.name], outputs: [name] });

  return encodeModel({
    name: 'graph',
    nodes,
    inputs: on.inputs.filter((input) => needed.has(input.name)),
    outputs: wanted.map(([name, value]) => ({ name, type: value.type, shape: value.shape })),
    initializers: on.constants
      .filter(({ value }) => needed.has(value.name))
      .map(({ value, data }) => ({ name: value.name, shape: value.shape, data })),
  });
};
