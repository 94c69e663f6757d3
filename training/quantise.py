"""Int8 weights with fixed activation scales.

Every product with a constant matrix becomes `QuantizeLinear` and `MatMulIntegerToFloat`: weights int8, symmetric, a
scale for each column; activations uint8 with one range a matrix, measured beforehand on training windows. Dynamic
quantisation takes the range from whatever is in the batch, so that what a sentence is batched with would change its
parse; blockwise quantisation (`MatMulNBits`) does not, but ran at half the speed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import helper, numpy_helper

Feed = dict[str, npt.NDArray[np.int64]]
Range = tuple[float, float]


def products(model: onnx.ModelProto) -> list[onnx.NodeProto]:
    """The nodes that multiply by a constant matrix."""
    constants = {tensor.name for tensor in model.graph.initializer}
    return [node for node in model.graph.node if node.op_type == "MatMul" and node.input[1] in constants]


def ranges(source: Path, feeds: Iterable[Feed], tail: float) -> dict[str, Range]:
    """Least and greatest value of the input of every product; of each batch the share `tail` at either end is cut off."""
    model = onnx.load(source)
    names = sorted({node.input[0] for node in products(model)})
    model.graph.output.extend(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    seen: dict[str, list[Range]] = {name: [] for name in names}
    for feed in feeds:
        for name, value in zip(names, session.run(names, feed), strict=True):
            low, high = np.quantile(value, [tail, 1 - tail]) if tail else (value.min(), value.max())
            seen[name].append((float(low), float(high)))
    return {name: (min(a for a, _ in pairs), max(b for _, b in pairs)) for name, pairs in seen.items()}


def quantise(source: Path, target: Path, measured: dict[str, Range], keep: frozenset[str] = frozenset()) -> None:
    """Write the graph with int8 products; those whose matrix is named in `keep` stay float."""
    model = onnx.load(source)
    arrays = {tensor.name: tensor for tensor in model.graph.initializer}
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in model.graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    replaced: dict[int, list[onnx.NodeProto]] = {}
    dropped: set[int] = set()
    scaled: dict[str, str] = {}
    for node in products(model):
        if node.input[1] in keep:
            continue
        bias = _bias(node, users, arrays)
        made, new = _product(node, numpy_helper.to_array(arrays[node.input[1]]), measured[node.input[0]], scaled, bias)
        replaced[id(node)] = made
        model.graph.initializer.extend(new)
        if bias is not None:
            dropped.add(id(bias[0]))
    nodes = [new for node in model.graph.node if id(node) not in dropped for new in replaced.get(id(node), [node])]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    _drop_unused(model)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    onnx.save(model, target)


def _bias(
    node: onnx.NodeProto, users: dict[str, list[onnx.NodeProto]], arrays: dict[str, onnx.TensorProto]
) -> tuple[onnx.NodeProto, str] | None:
    """The `Add` of a constant row that alone follows, and the row's name."""
    after = users.get(node.output[0], [])
    if len(after) != 1 or after[0].op_type != "Add":
        return None
    rows = [name for name in after[0].input if name in arrays and len(arrays[name].dims) == 1]
    return (after[0], rows[0]) if rows else None


def _product(
    node: onnx.NodeProto,
    matrix: npt.NDArray[np.float32],
    span: Range,
    scaled: dict[str, str],
    bias: tuple[onnx.NodeProto, str] | None,
) -> tuple[list[onnx.NodeProto], list[onnx.TensorProto]]:
    name, source = node.name.replace("/", "_"), node.input[0]
    low, high = min(span[0], 0.0), max(span[1], 0.0)
    scale = np.float32(max(high - low, 1e-6) / 255)
    zero = np.uint8(np.clip(round(-low / float(scale)), 0, 255))
    columns = np.maximum(np.abs(matrix).max(0), 1e-8).astype(np.float32) / np.float32(127)
    made, new = [], []
    if source not in scaled:
        scaled[source] = f"{name}_in"
        new += [numpy_helper.from_array(scale, f"{name}_in_scale"), numpy_helper.from_array(zero, f"{name}_in_zero")]
        made.append(helper.make_node("QuantizeLinear", [source, f"{name}_in_scale", f"{name}_in_zero"], [f"{name}_in"]))
    origin = scaled[source]
    new.append(numpy_helper.from_array((matrix / columns).round().astype(np.int8), f"{name}_int8"))
    new.append(numpy_helper.from_array(columns, f"{name}_columns"))
    inputs = [origin, f"{name}_int8", f"{origin}_scale", f"{name}_columns", f"{origin}_zero", ""]
    output = node.output[0]
    if bias is not None:
        inputs.append(bias[1])
        output = bias[0].output[0]
    made.append(helper.make_node("MatMulIntegerToFloat", inputs, [output], domain="com.microsoft"))
    return made, new


def _drop_unused(model: onnx.ModelProto) -> None:
    used = {name for node in model.graph.node for name in node.input}
    kept = [tensor for tensor in model.graph.initializer if tensor.name in used]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
