/**
 * Every string in the heap of a running part of the extension, once its garbage was collected. What stands in buffers is
 * not in a snapshot: `process-memory.ts` looks for it.
 */
import type { Target } from './devtools';
import type { Sample } from './secrets';

/** Of the fields of a heap snapshot, those that are read. Numbers stand in rows; `meta` names their columns. */
interface Snapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly (readonly string[] | string)[];
      readonly edge_fields: readonly string[];
    };
  };
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
}

/** Of a string that was put together piece by piece, so much is looked at. */
const ROPE_CHARACTERS = 4_000;

/** @param moment of the story, as it stands in the names of the samples */
export async function lookAtHeap(target: Target, moment: string): Promise<Sample[]> {
  const text = await takeSnapshot(target);
  return [
    { where: `strings of ${target.name}, ${moment}`, content: text },
    { where: `joined strings of ${target.name}, ${moment}`, content: joinedStrings(JSON.parse(text)).join('\n') },
  ];
}

async function takeSnapshot(target: Target): Promise<string> {
  const chunks: string[] = [];
  target.on<{ chunk: string }>('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await target.send('HeapProfiler.enable');
  await target.send('HeapProfiler.collectGarbage');
  await target.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false, captureNumericValue: true });
  await target.send('HeapProfiler.disable');
  return chunks.join('');
}

/** Strings that the engine keeps as two others: the snapshot names their pieces only. */
function joinedStrings({ snapshot: { meta }, nodes, edges, strings }: Snapshot): string[] {
  const nodeWidth = meta.node_fields.length;
  const edgeWidth = meta.edge_fields.length;
  const [type, name, edgeCount] = ['type', 'name', 'edge_count'].map((field) => meta.node_fields.indexOf(field));
  const [edgeName, toNode] = ['name_or_index', 'to_node'].map((field) => meta.edge_fields.indexOf(field));
  const rope = (meta.node_types[type as number] as readonly string[]).indexOf('concatenated string');
  const at = (list: readonly number[], place: number): number => list[place] ?? 0;

  const halves = new Map<number, readonly [number, number]>();
  let edge = 0;
  for (let node = 0; node < nodes.length; node += nodeWidth) {
    const end = edge + at(nodes, node + (edgeCount as number)) * edgeWidth;
    if (at(nodes, node + (type as number)) === rope) {
      const found: Record<string, number> = {};
      for (let each = edge; each < end; each += edgeWidth)
        found[strings[at(edges, each + (edgeName as number))] ?? ''] = at(edges, each + (toNode as number));
      if (found.first !== undefined && found.second !== undefined) halves.set(node, [found.first, found.second]);
    }
    edge = end;
  }
  const textOf = (root: number): string => {
    const waiting = [root];
    let text = '';
    for (let node = waiting.pop(); node !== undefined && text.length < ROPE_CHARACTERS; node = waiting.pop()) {
      const [first, second] = halves.get(node) ?? [];
      if (first === undefined || second === undefined) text += strings[at(nodes, node + (name as number))] ?? '';
      else waiting.push(second, first);
    }
    return text;
  };
  return [...halves.keys()].map(textOf);
}
