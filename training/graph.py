"""Edits of the exported encoder graph: a new head for names, and vectors that hold what words mean.

The encoder learnt syntax; its upper layers forget much of what a word means. So the vectors given to the classifiers are made
of the word table and the second layer, projected to `WIDTH` numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

Floats = npt.NDArray[np.float32]
EMBEDDED = "/network/Add_2_output_0"
LAYERS = (EMBEDDED, *(f"/network/layers.{i}/norm_2/LayerNormalization_output_0" for i in range(6)))
STATIC = "/network/Mul_output_0"
"""The word table's rows, scaled: no position, no context."""
FEATURES = "/network/Concat_output_0"
NAME_INPUT = "/network/Concat_17_output_0"
FIRST, LAST = "/network/Add_9_output_0", "/network/Add_10_output_0"
"""Places of a word's first and last wordpiece among all wordpieces of the batch."""
NAME_SHARES = ("onnx::Mul_936", "onnx::Split_941")
WIDTH = 384


def with_outputs(model: onnx.ModelProto, names: Sequence[str]) -> onnx.ModelProto:
    """A copy of the model that also gives the named inner values."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    have = {output.name for output in copy.graph.output}
    copy.graph.output.extend(
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names if name not in have
    )
    return copy


def put(model: onnx.ModelProto, name: str, value: Floats) -> None:
    """Set or add a constant of the graph."""
    tensor = numpy_helper.from_array(np.ascontiguousarray(value), name)
    for old in model.graph.initializer:
        if old.name == name:
            old.CopyFrom(tensor)
            return
    model.graph.initializer.append(tensor)


def set_names(model: onnx.ModelProto, head: Mapping[str, Floats]) -> None:
    """Put in a head for names: `shares` of the seven layers, `into`, `into_bias`, `out`, `out_bias` (inputs first).

    It stays in float32: it is small, and its products are a hundredth of the encoder's.
    """
    shares = head["shares"].astype(np.float32)
    first, rest = NAME_SHARES
    for key, value in ((first, shares[0]), (rest, shares[1:])):
        old = next(t for t in model.graph.initializer if t.name == key)
        put(model, key, np.asarray(value, np.float32).reshape(tuple(old.dims)))
    for key in ("into", "into_bias", "out", "out_bias"):
        put(model, f"names.{key}", head[key].astype(np.float32))
    made = [
        helper.make_node("MatMul", [NAME_INPUT, "names.into"], ["names.in"]),
        helper.make_node("Add", ["names.in", "names.into_bias"], ["names.sum"]),
        helper.make_node("Gelu", ["names.sum"], ["names.hidden"]),
        helper.make_node("MatMul", ["names.hidden", "names.out"], ["names.raw"]),
        helper.make_node("Add", ["names.raw", "names.out_bias"], ["names.logits"]),
        helper.make_node("LogSoftmax", ["names.logits"], ["name"], axis=-1),
    ]
    _replace(model, "name", made)


def set_vectors(model: onnx.ModelProto, mean: Floats, projection: Floats) -> None:
    """Make `vector` of the word table and the second layer: (both - mean) @ projection, (2 * WIDTH, WIDTH)."""
    put(model, "vectors.projection", (projection * 0.5).astype(np.float32))
    put(model, "vectors.shift", (-mean @ projection).astype(np.float32))
    model.graph.initializer.append(numpy_helper.from_array(np.array([-1, 2 * WIDTH], np.int64), "vectors.shape"))
    made = [
        helper.make_node("Concat", [STATIC, LAYERS[2]], ["vectors.both"], axis=-1),
        helper.make_node("Reshape", ["vectors.both", "vectors.shape"], ["vectors.rows"]),
        helper.make_node("Gather", ["vectors.rows", FIRST], ["vectors.first"], axis=0),
        helper.make_node("Gather", ["vectors.rows", LAST], ["vectors.last"], axis=0),
        helper.make_node("Add", ["vectors.first", "vectors.last"], ["vectors.sum"]),
        helper.make_node("MatMul", ["vectors.sum", "vectors.projection"], ["vectors.raw"]),
        helper.make_node("Add", ["vectors.raw", "vectors.shift"], ["vector"]),
    ]
    _replace(model, "vector", made)


def set_quotes(model: onnx.ModelProto, head: Mapping[str, Floats]) -> None:
    """Put in a head for attributions (`into`, `into_bias`, `out`, `out_bias`, inputs first): the probabilities that a word is a
    source's, a cue's, a content's, as output `quote` (batch, words, 3). It reads what the head for names reads."""
    for key in ("into", "into_bias", "out", "out_bias"):
        put(model, f"quotes.{key}", head[key].astype(np.float32))
    made = [
        helper.make_node("MatMul", [NAME_INPUT, "quotes.into"], ["quotes.in"]),
        helper.make_node("Add", ["quotes.in", "quotes.into_bias"], ["quotes.sum"]),
        helper.make_node("Gelu", ["quotes.sum"], ["quotes.hidden"]),
        helper.make_node("MatMul", ["quotes.hidden", "quotes.out"], ["quotes.raw"]),
        helper.make_node("Add", ["quotes.raw", "quotes.out_bias"], ["quotes.logits"]),
        helper.make_node("Sigmoid", ["quotes.logits"], ["quote"]),
    ]
    if all(output.name != "quote" for output in model.graph.output):
        model.graph.output.append(helper.make_tensor_value_info("quote", onnx.TensorProto.FLOAT, ["batch", "words", 3]))
    _replace(model, "quote", made)


def _replace(model: onnx.ModelProto, output: str, made: Sequence[onnx.NodeProto]) -> None:
    """The nodes `made` in place of the one that gives `output`; then what nobody needs any more is dropped."""
    graph = model.graph
    kept = [node for node in graph.node if output not in node.output]
    while True:
        needed = {name for node in (*kept, *made) for name in node.input} | {o.name for o in graph.output}
        fewer = [node for node in kept if any(name in needed for name in node.output)]
        if len(fewer) == len(kept):
            break
        kept = fewer
    used = {name for node in (*kept, *made) for name in node.input}
    constants = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.node[:], graph.initializer[:]
    graph.node.extend([*kept, *made])
    graph.initializer.extend(constants)
